/** Carries out what links and the command line ask of a running Ahoy. */
import { assertNever } from '../../../../common/model/assert-never.ts';
import { parseLink, type Wish, type WishAction } from '../../../../common/model/wish.ts';
import type { App } from '../../../app/app.ts';
import type { LaunchRequest } from './command-line.ts';
import type { CoreMirror } from '../shell/core-mirror.ts';
import type { ShellActions } from '../shell/shell-actions.ts';

export interface LaunchRequests {
  carryOut(requests: readonly LaunchRequest[]): void;
  /** A link that was clicked: in one of our pages, or handed over by the system. */
  openLink(text: string): void;
}

export function createLaunchRequests(app: App, { state }: CoreMirror, shell: ShellActions): LaunchRequests {
  function wish(action: WishAction, target: string, from: Wish['from']): void {
    if (!app.wish(action, target, from)) app.requestFront({ kind: 'nothing-to-call' });
  }

  function carryOutOne(request: LaunchRequest): void {
    switch (request.kind) {
      case 'open':
        app.requestFront();
        return;
      case 'link':
        if (request.link.action === 'open') app.requestFront();
        else wish(request.link.action, request.link.target, 'link');
        return;
      case 'wish': {
        const link = parseLink(request.target);
        wish(request.action, link !== null && link.action !== 'open' ? link.target : request.target, 'command-line');
        return;
      }
      case 'status':
        shell.setStatus(request.status);
        return;
      case 'do-not-disturb': {
        const isOn = state.own?.status === 'do-not-disturb';
        const on = request.on ?? !isOn;
        if (on !== isOn) shell.toggleDoNotDisturb();
        return;
      }
      case 'quit':
        shell.quit();
        return;
      default:
        assertNever(request);
    }
  }

  return {
    carryOut(requests) {
      // A bare second start wants to see Ahoy.
      if (requests.length === 0) app.requestFront();
      for (const request of requests) carryOutOne(request);
    },
    openLink(text) {
      const link = parseLink(text);
      if (link) carryOutOne({ kind: 'link', link });
      else app.requestFront({ kind: 'nothing-to-call' });
    },
  };
}
