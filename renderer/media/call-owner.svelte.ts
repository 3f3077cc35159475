/** Claims a call's media for this window and joins CallMedia to the contract's media domain. */
import type { Failure } from '../../common/model/failure.ts';
import type { CallId } from '../../common/model/ids.ts';
import type { AhoyClient, HostConnection } from '../bridge/host-connection.svelte.ts';
import type { ChosenDevices } from './capture.ts';
import { CallMedia } from './call-media.svelte.ts';

export class CallOwner {
  readonly media: CallMedia;
  /** Why this window does not have the call's media. */
  refusal = $state.raw<Failure | null>(null);
  /** Whether it has it. */
  claimed = $state(false);
  readonly #callId: CallId;
  #client: AhoyClient | null = null;
  #stop: (() => void) | null = null;

  constructor(callId: CallId, devices: ChosenDevices) {
    this.#callId = callId;
    this.media = new CallMedia(
      {
        answer: (request, result) => void this.#client?.ask.media.answer({ callId, request, result }),
        notify: (event, state, hasCandidate) => void this.#client?.ask.media.notify({ callId, event, hasCandidate, state }),
      },
      devices,
    );
  }

  start(connection: HostConnection): void {
    this.#stop = connection.onClient((client) => {
      // The host ends a call whose owner was lost, so a later client finds nothing to claim.
      if (!this.#client) void this.#claim(client);
    });
  }

  stop(): void {
    this.#stop?.();
    this.media.close();
  }

  async #claim(client: AhoyClient): Promise<void> {
    this.#client = client;
    client.listen('media.requested', ({ callId, request, operation }) => {
      if (callId === this.#callId) this.media.request(request, operation);
    });
    client.onClose(() => {
      this.media.close();
      if (this.claimed) this.refusal = { code: 'disconnected' };
    });
    const answer = await client.ask.media.claim({ callId: this.#callId });
    this.claimed = answer.ok;
    this.refusal = answer.ok ? null : answer.failure;
  }
}
