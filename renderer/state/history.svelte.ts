/** Records of calls that are over: the loaded pages and the count of missed ones not looked at. */
import { assertNever } from '../../common/model/assert-never.ts';
import type { CallRecord } from '../../common/model/call.ts';
import type { Failure, Outcome } from '../../common/model/failure.ts';
import type { CallRecordId } from '../../common/model/ids.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

const PAGE_SIZE = 50;

export class HistoryStore {
  readonly mirror: Mirror<'history'>;
  unseenMissedCount = $state(0);
  missedOnly = $state(false);
  records = $state.raw<readonly CallRecord[]>([]);
  loaded = $state(false);
  /** The record whose details are shown. */
  selectedId = $state<CallRecordId | null>(null);
  loading = $state(false);
  hasOlder = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly #connection: HostConnection;
  #wanted = false;
  #generation = 0;

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'history',
      adopt: (state) => {
        this.unseenMissedCount = state.unseenMissedCount;
        if (this.#wanted) void this.reload();
      },
      apply: (event) => {
        switch (event.name) {
          case 'history.recordAdded': {
            const { record, unseenMissedCount } = event.payload;
            this.unseenMissedCount = unseenMissedCount;
            if (this.missedOnly && record.outcome !== 'missed') return;
            if (this.loaded) this.records = [record, ...this.records.filter((each) => each.id !== record.id)];
            return;
          }
          case 'history.seen':
            this.unseenMissedCount = 0;
            this.records = this.records.map((record) => (record.unseen ? { ...record, unseen: false } : record));
            return;
          case 'history.recordRemoved':
            this.records = this.records.filter((record) => record.id !== event.payload.recordId);
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
    this.missedOnly = missedOnly;
    await this.reload();
  }

  async reload(): Promise<void> {
    const generation = ++this.#generation;
    this.loading = true;
    const answer = await this.#page(null);
    if (generation !== this.#generation) return;
    this.loading = false;
    this.failure = answer.ok ? null : answer.failure;
    if (!answer.ok) return;
    this.records = answer.value.records;
    this.hasOlder = answer.value.hasMore;
    this.loaded = true;
  }

  async loadOlder(): Promise<void> {
    const oldest = this.records.at(-1);
    if (this.loading || !this.loaded || !this.hasOlder || !oldest) return;
    const generation = this.#generation;
    this.loading = true;
    const answer = await this.#page(oldest.startedAtMs);
    if (generation !== this.#generation) return;
    this.loading = false;
    this.failure = answer.ok ? null : answer.failure;
    if (!answer.ok) return;
    const known = this.records.map((record) => record.id);
    this.records = [...this.records, ...answer.value.records.filter((record) => !known.includes(record.id))];
    this.hasOlder = answer.value.hasMore;
  }

  markSeen(): Promise<Outcome<null>> {
    return this.#connection.ask.history.markSeen({});
  }

  remove(recordId: CallRecordId): Promise<Outcome<null>> {
    return this.#connection.ask.history.remove({ recordId });
  }

  #page(beforeMs: number | null) {
    return this.#connection.ask.history.page({ beforeMs, missedOnly: this.missedOnly, limit: PAGE_SIZE });
  }
}
