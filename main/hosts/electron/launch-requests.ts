/** Carries out what links and the command line ask of a running Ahoy. */
import { assertNever } from '../../../common/model/assert-never.ts';
import { parseLink, type Wish, type WishAction } from '../../../common/model/wish.ts';
import type { App } from '../../app/app.ts';
import type { Order } from './command-line.ts';
import type { CoreMirror } from './core-mirror.ts';
import type { ShellActions } from './shell-actions.ts';

export interface Orders {
  carryOut(orders: readonly Order[]): void;
  /** A link that was clicked: in a page of ours, or handed over by the system. */
  openLink(text: string): void;
}

export function createOrders(app: App, { state }: CoreMirror, shell: ShellActions): Orders {
  function wish(action: WishAction, target: string, from: Wish['from']): void {
    if (!app.wish(action, target, from)) app.requestFront({ kind: 'nothing-to-call' });
  }

  function carryOutOne(order: Order): void {
    switch (order.kind) {
      case 'open':
        app.requestFront();
        return;
      case 'link':
        if (order.link.action === 'open') app.requestFront();
        else wish(order.link.action, order.link.target, 'link');
        return;
      case 'wish': {
        const link = parseLink(order.target);
        wish(order.action, link !== null && link.action !== 'open' ? link.target : order.target, 'command-line');
        return;
      }
      case 'status':
        shell.setStatus(order.status);
        return;
      case 'do-not-disturb': {
        const isOn = state.own?.status === 'do-not-disturb';
        const on = order.on ?? !isOn;
        if (on !== isOn) shell.toggleDoNotDisturb();
        return;
      }
      case 'quit':
        shell.quit();
        return;
      default:
        assertNever(order);
    }
  }

  return {
    carryOut(orders) {
      // A bare second start wants to see Ahoy.
      if (orders.length === 0) app.requestFront();
      for (const order of orders) carryOutOne(order);
    },
    openLink(text) {
      const link = parseLink(text);
      if (link) carryOutOne({ kind: 'link', link });
      else app.requestFront({ kind: 'nothing-to-call' });
    },
  };
}
