/** Running calls, the last state of those that ended, and the windows this page opened for them. */
import { SvelteMap } from 'svelte/reactivity';
import { assertNever } from '../../common/model/assert-never.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import { isRinging, type Call } from '../../common/model/call.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { AccountId, CallId } from '../../common/model/ids.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

const ENDED_KEPT = 20;

export class CallsStore {
  readonly mirror: Mirror<'calls'>;
  /** Tones the far sides sent, the newest last. */
  lastTone = $state.raw<{ readonly callId: CallId; readonly tone: string; readonly count: number } | null>(null);
  readonly #connection: HostConnection;
  readonly #byId = new SvelteMap<CallId, Call>();
  readonly #ended = new SvelteMap<CallId, Call>();

  readonly all = $derived([...this.#byId.values()].sort((a, b) => a.startedAtMs - b.startedAtMs));
  /** Incoming calls that wait for an answer. */
  readonly ringing = $derived(this.all.filter(isRinging));
  /** Calls that are ours already: placed or accepted. */
  readonly running = $derived(this.all.filter((call) => !isRinging(call)));

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'calls',
      adopt: (state) => {
        this.#byId.clear();
        for (const call of state.calls) this.#put(call);
      },
      apply: (event) => {
        switch (event.name) {
          case 'calls.changed':
            this.#put(event.payload.call);
            return;
          case 'calls.dtmfReceived':
            this.lastTone = { ...event.payload, count: (this.lastTone?.count ?? 0) + 1 };
            return;
          default:
            assertNever(event);
        }
      },
    });
  }

  /** The call, running or ended lately; null where it is not known (any more). */
  get(id: CallId): Call | null {
    return this.#byId.get(id) ?? this.#ended.get(id) ?? null;
  }

  place(accountId: AccountId | null, to: AddressOfRecord, video: boolean): Promise<Outcome<{ callId: CallId }>> {
    return this.#connection.ask.calls.place({ accountId, to, video });
  }

  accept(callId: CallId, video: boolean, endOthers: boolean): Promise<Outcome<null>> {
    return this.#connection.ask.calls.accept({ callId, video, endOthers });
  }

  reject(callId: CallId): Promise<Outcome<null>> {
    return this.#connection.ask.calls.reject({ callId });
  }

  end(callId: CallId): Promise<Outcome<null>> {
    return this.#connection.ask.calls.end({ callId });
  }

  hold(callId: CallId): Promise<Outcome<null>> {
    return this.#connection.ask.calls.hold({ callId });
  }

  resume(callId: CallId): Promise<Outcome<null>> {
    return this.#connection.ask.calls.resume({ callId });
  }

  setMuted(callId: CallId, muted: boolean): Promise<Outcome<null>> {
    return this.#connection.ask.calls.setMuted({ callId, muted });
  }

  setCameraOff(callId: CallId, cameraOff: boolean): Promise<Outcome<null>> {
    return this.#connection.ask.calls.setCameraOff({ callId, cameraOff });
  }

  sendDtmf(callId: CallId, tones: string): Promise<Outcome<null>> {
    return this.#connection.ask.calls.sendDtmf({ callId, tones });
  }

  #put(call: Call): void {
    if (call.state !== 'ended') {
      this.#byId.set(call.id, call);
      return;
    }
    this.#byId.delete(call.id);
    this.#ended.set(call.id, call);
    for (const id of [...this.#ended.keys()].slice(0, -ENDED_KEPT)) this.#ended.delete(id);
  }
}
