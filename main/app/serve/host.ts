/** The commands and the present state of the contract's domain `host`. */
import type * as v from 'valibot';
import type { contract } from '../../../common/contract/index.ts';
import { assertNever } from '../../../common/model/assert-never.ts';
import { failed, success } from '../../../common/model/failure.ts';
import type { Serve } from './served.ts';

export const serveHost: Serve<'host'> = ({ core: { front, notices }, adapters, startedAtMs }) => {
  const { capabilities, version, windows } = adapters;

  /** False where this host opens no such window. */
  function openWindow(wanted: v.InferOutput<typeof contract.host.commands.openWindow.input>): boolean {
    switch (wanted.kind) {
      case 'main':
        return front.request(wanted.view);
      case 'call':
        return windows.openCall(wanted.callId);
      case 'dial':
        return windows.openDial();
      default:
        return assertNever(wanted);
    }
  }

  return {
    snapshot: () => ({ version, capabilities, startedAtMs, notices: notices.all() }),
    commands: {
      openWindow(wanted) {
        return openWindow(wanted) ? success(null) : failed('conflict', { detail: 'this host opens no windows' });
      },
      dismissNotice({ id }) {
        notices.dismiss(id);
        return success(null);
      },
    },
  };
};
