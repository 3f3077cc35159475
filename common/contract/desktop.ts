/** The desktop around the windows: global keys, links, start at login, updates, wishes. */
import * as v from 'valibot';
import { Accelerator, Desktop, ShortcutAction } from '../model/desktop.ts';
import { ConversationId } from '../model/ids.ts';
import { Wish, WishAction, WishTarget } from '../model/wish.ts';
import { command, domain, event, nothing } from './define.ts';

export const desktop = domain({
  snapshot: v.strictObject({ desktop: Desktop, wishes: v.array(Wish) }),
  commands: {
    setAutostart: command(
      'Starts Ahoy with the computer, or no more; `not-supported` where this host cannot arrange it.',
      v.strictObject({ enabled: v.boolean() }),
      v.null(),
    ),
    setShortcut: command(
      'Gives an action a key that works everywhere, or none; `conflict` where another program has the key, which is kept all the same and tried at the next start.',
      v.strictObject({ action: ShortcutAction, accelerator: v.nullable(Accelerator) }),
      v.null(),
    ),
    setOpensLinks: command(
      'Asks the system to open sip:, sips:, tel: and ahoy: links by Ahoy, or no more.',
      v.strictObject({ enabled: v.boolean() }),
      v.null(),
    ),
    checkForUpdate: command('Looks for a newer version now; `not-supported` where updates are off.', nothing, v.null()),
    installUpdate: command(
      'Quits, installs the version that is ready, and starts it; `conflict` during a call or where none is ready.',
      nothing,
      v.null(),
    ),
    wish: command(
      'Asks the user, in the main window, whether to call or to write to somebody whom a message names.',
      v.strictObject({ action: WishAction, target: WishTarget }),
      v.null(),
    ),
    dismissWish: command('Forgets a wish: it was fulfilled or declined.', v.strictObject({ id: v.string() }), v.null()),
    reportAttention: command(
      'Says whether somebody looks at this window, and at which conversation; nothing is announced that is being looked at.',
      v.strictObject({ present: v.boolean(), conversationId: v.nullable(ConversationId) }),
      v.null(),
    ),
  },
  events: {
    changed: event('What the desktop offers, or how it stands, changed.', v.strictObject({ desktop: Desktop })),
    wished: event('Somebody outside wishes to call or to write: ask the user.', v.strictObject({ wish: Wish })),
    wishDismissed: event('A wish is settled.', v.strictObject({ id: v.string() })),
  },
});
