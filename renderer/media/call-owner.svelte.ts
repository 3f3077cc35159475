/** Claims a call's media for this window and joins the media of its legs to the contract's media domain. */
import type { Failure } from '../../common/model/failure.ts';
import type { CallId, LegId } from '../../common/model/ids.ts';
import type { AhoyClient, HostConnection } from '../bridge/host-connection.svelte.ts';
import type { ChosenDevices } from './capture.ts';
import { LegMedia } from './leg-media.svelte.ts';
import { readStatistics, type CallStatistics } from './statistics.ts';

export class CallOwner {
  /** The media of the leg that was opened last; null before the first. */
  media = $state.raw<LegMedia | null>(null);
  /** Why this window does not have the call's media. */
  refusal = $state.raw<Failure | null>(null);
  /** Whether it has it. */
  claimed = $state(false);
  readonly #callId: CallId;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- what is drawn is `media`
  readonly #legs = new Map<LegId, LegMedia>();
  #devices: ChosenDevices;
  #client: AhoyClient | null = null;
  #stop: (() => void) | null = null;

  constructor(callId: CallId, devices: ChosenDevices) {
    this.#callId = callId;
    this.#devices = devices;
  }

  start(connection: HostConnection): void {
    this.#stop = connection.onClient((client) => {
      // The host ends a call whose owner was lost, so a later client finds nothing to claim.
      if (!this.#client) void this.#claim(client);
    });
  }

  stop(): void {
    this.#stop?.();
    this.close();
  }

  /** Ends the media of every leg at once. */
  close(): void {
    for (const media of this.#legs.values()) media.close();
  }

  /** Follows the user's choice of devices, also in the middle of a call. */
  useDevices(devices: ChosenDevices): void {
    this.#devices = devices;
    for (const media of this.#legs.values()) void media.useDevices(devices);
  }

  async statistics(): Promise<CallStatistics> {
    return this.media ? this.media.statistics() : readStatistics(null);
  }

  async #claim(client: AhoyClient): Promise<void> {
    this.#client = client;
    client.listen('media.requested', ({ callId, legId, request, operation }) => {
      if (callId === this.#callId) this.#mediaOf(legId).request(request, operation);
    });
    client.onClose(() => {
      this.close();
      if (this.claimed) this.refusal = { code: 'disconnected' };
    });
    const answer = await client.ask.media.claim({ callId: this.#callId });
    this.claimed = answer.ok;
    this.refusal = answer.ok ? null : answer.failure;
  }

  #mediaOf(legId: LegId): LegMedia {
    const known = this.#legs.get(legId);
    if (known) return known;
    const made = new LegMedia(
      {
        answer: (request, result) => void this.#client?.ask.media.answer({ legId, request, result }),
        notify: (event, state, hasCandidate) => void this.#client?.ask.media.notify({ legId, event, hasCandidate, state }),
      },
      this.#devices,
    );
    this.#legs.set(legId, made);
    this.media = made;
    return made;
  }
}
