/** The commands and the present state of the contract's domain `desktop`. */
import { failed, success } from '../../../common/model/failure.ts';
import type { Serve } from './served.ts';

export const serveDesktop: Serve<'desktop'> = ({ core: { attention, calls, settings, wishes }, adapters: { desktop } }) => ({
  snapshot: () => ({ desktop: desktop.present(), wishes: [...wishes.all()] }),
  commands: {
    setAutostart: ({ enabled }) => desktop.setAutostart(enabled),
    setShortcut({ action, accelerator }) {
      settings.set({ shortcuts: { ...settings.present().shortcuts, [action]: accelerator } });
      const now = desktop.present().shortcuts.find((shortcut) => shortcut.action === action)?.state;
      if (accelerator === null || now === 'set') return success(null);
      return failed(now === 'taken' ? 'conflict' : 'not-supported');
    },
    setOpensLinks: ({ enabled }) => desktop.setOpensLinks(enabled),
    checkForUpdate: () => desktop.checkForUpdate(),
    installUpdate() {
      // The far side of a call must not hear a restart.
      if (calls.all().length > 0) return failed('conflict', { detail: 'a call is running' });
      return desktop.installUpdate();
    },
    wish: ({ action, target }) => (wishes.add(action, target, 'message') ? success(null) : failed('invalid-input')),
    dismissWish({ id }) {
      wishes.dismiss(id);
      return success(null);
    },
    reportAttention({ present, conversationId }, caller) {
      attention.report(caller.clientId, present, conversationId);
      return success(null);
    },
  },
});
