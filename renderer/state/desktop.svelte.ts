/** What the desktop around the windows offers, and the wishes from outside that wait for an answer. */
import { assertNever } from '../../common/model/assert-never.ts';
import type { Accelerator, Desktop, ShortcutAction } from '../../common/model/desktop.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { ConversationId } from '../../common/model/ids.ts';
import type { Wish } from '../../common/model/wish.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

const NOTHING: Desktop = {
  autostart: { supported: false, enabled: false },
  shortcuts: [],
  links: [],
  update: { state: 'off', version: null, notes: null, percent: null, checkedAtMs: null, failure: null },
};

export class DesktopStore {
  readonly mirror: Mirror<'desktop'>;
  present = $state.raw<Desktop>(NOTHING);
  wishes = $state.raw<readonly Wish[]>([]);
  readonly #connection: HostConnection;

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'desktop',
      adopt: (state) => {
        this.present = state.desktop;
        this.wishes = state.wishes;
      },
      apply: (event) => {
        switch (event.name) {
          case 'desktop.changed':
            this.present = event.payload.desktop;
            return;
          case 'desktop.wished':
            this.wishes = [...this.wishes, event.payload.wish];
            return;
          case 'desktop.wishDismissed':
            this.wishes = this.wishes.filter((wish) => wish.id !== event.payload.id);
            return;
          default:
            assertNever(event);
        }
      },
    });
  }

  setAutostart(enabled: boolean): Promise<Outcome<null>> {
    return this.#connection.ask.desktop.setAutostart({ enabled });
  }

  setShortcut(action: ShortcutAction, accelerator: Accelerator | null): Promise<Outcome<null>> {
    return this.#connection.ask.desktop.setShortcut({ action, accelerator });
  }

  setOpensLinks(enabled: boolean): Promise<Outcome<null>> {
    return this.#connection.ask.desktop.setOpensLinks({ enabled });
  }

  checkForUpdate(): Promise<Outcome<null>> {
    return this.#connection.ask.desktop.checkForUpdate({});
  }

  installUpdate(): Promise<Outcome<null>> {
    return this.#connection.ask.desktop.installUpdate({});
  }

  /** Asks the user whether to call whom a message names. */
  wishCall(target: string): Promise<Outcome<null>> {
    return this.#connection.ask.desktop.wish({ action: 'call', target });
  }

  dismissWish(id: string): Promise<Outcome<null>> {
    return this.#connection.ask.desktop.dismissWish({ id });
  }

  reportAttention(present: boolean, conversationId: ConversationId | null): Promise<Outcome<null>> {
    return this.#connection.ask.desktop.reportAttention({ present, conversationId });
  }
}
