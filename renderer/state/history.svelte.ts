/** Records of calls that are over: the loaded pages, those with one party, and the count of missed ones not looked at. */
import { assertNever } from '../../common/model/assert-never.ts';
import { byParty, type CallParty, type CallRecord } from '../../common/model/call.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { CallRecordId } from '../../common/model/ids.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';
import { Pages } from './pages.svelte.ts';

export class HistoryStore {
  readonly mirror: Mirror<'history'>;
  unseenMissedCount = $state(0);
  missedOnly = $state(false);
  /** The record whose details are shown. */
  selectedId = $state<CallRecordId | null>(null);
  /** All calls, or the missed ones. */
  readonly pages: Pages<CallRecord>;
  /** The newest first. */
  readonly records = $derived.by(() => this.pages.items.toReversed());
  readonly #connection: HostConnection;
  /** Not reactive: asking for pages in a view must not depend on other pages. */
  readonly #withParty = byParty<Pages<CallRecord>>();
  #wanted = false;

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.pages = this.#pages(null);
    this.mirror = new Mirror(connection, {
      domain: 'history',
      adopt: (state) => {
        this.unseenMissedCount = state.unseenMissedCount;
        if (this.#wanted) void this.pages.reload();
        // What was loaded may have changed while nobody told us.
        for (const pages of this.#withParty.values()) void pages.reload();
      },
      apply: (event) => {
        switch (event.name) {
          case 'history.recordAdded': {
            const { record, unseenMissedCount } = event.payload;
            this.unseenMissedCount = unseenMissedCount;
            if (this.pages.loaded && (!this.missedOnly || record.outcome === 'missed')) this.pages.add(record);
            this.#withParty.get(record)?.add(record);
            return;
          }
          case 'history.seen':
            this.unseenMissedCount = 0;
            for (const pages of this.#all())
              pages.items = pages.items.map((record) => (record.unseen ? { ...record, unseen: false } : record));
            return;
          case 'history.recordRemoved':
            for (const pages of this.#all()) pages.remove(event.payload.recordId);
            return;
          default:
            assertNever(event);
        }
      },
    });
  }

  /** Asks for the newest page, at first sight and whenever the filter changes. */
  async show(missedOnly: boolean): Promise<void> {
    if (this.#wanted && missedOnly === this.missedOnly) return;
    this.#wanted = true;
    if (missedOnly !== this.missedOnly) this.pages.items = [];
    this.missedOnly = missedOnly;
    await this.pages.reload();
  }

  /** The calls an account had with somebody; the first asking starts loading them. */
  callsWith(party: CallParty): Pages<CallRecord> {
    const known = this.#withParty.get(party);
    if (known) return known;
    const pages = this.#pages(party);
    this.#withParty.set(party, pages);
    void pages.reload();
    return pages;
  }

  markSeen(): Promise<Outcome<null>> {
    return this.#connection.ask.history.markSeen({});
  }

  remove(recordId: CallRecordId): Promise<Outcome<null>> {
    return this.#connection.ask.history.remove({ recordId });
  }

  #all(): readonly Pages<CallRecord>[] {
    return [this.pages, ...this.#withParty.values()];
  }

  #pages(party: CallParty | null): Pages<CallRecord> {
    return new Pages<CallRecord>({
      compare: (a, b) => a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : 1),
      ask: async (oldest, limit) => {
        const answer = await this.#connection.ask.history.page({
          before: oldest && { startedAtMs: oldest.startedAtMs, id: oldest.id },
          missedOnly: party === null && this.missedOnly,
          with: party,
          limit,
        });
        if (!answer.ok) return answer;
        return { ok: true, value: { items: answer.value.records, hasMore: answer.value.hasMore } };
      },
    });
  }
}
