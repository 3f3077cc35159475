/** The voicemail boxes of the accounts whose servers have one. */
import { SvelteMap } from 'svelte/reactivity';
import { assertNever } from '../../common/model/assert-never.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { VoicemailBox } from '../../common/model/voicemail.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

export class VoicemailStore {
  readonly mirror: Mirror<'voicemail'>;
  readonly #byAccount = new SvelteMap<AccountId, VoicemailBox>();

  readonly boxes = $derived([...this.#byAccount.values()]);
  readonly newCount = $derived(this.boxes.reduce((sum, box) => sum + box.newCount, 0));

  constructor(connection: HostConnection) {
    this.mirror = new Mirror(connection, {
      domain: 'voicemail',
      adopt: (state) => {
        this.#byAccount.clear();
        for (const box of state.boxes) this.#byAccount.set(box.accountId, box);
      },
      apply: (event) => {
        switch (event.name) {
          case 'voicemail.changed':
            this.#byAccount.set(event.payload.box.accountId, event.payload.box);
            return;
          case 'voicemail.removed':
            this.#byAccount.delete(event.payload.accountId);
            return;
          default:
            assertNever(event);
        }
      },
    });
  }
}
