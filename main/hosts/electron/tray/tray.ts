/** The icon in the system's tray: own presence and registration at a glance, and a menu for quick actions. */
import { Menu, Tray, type MenuItemConstructorOptions } from 'electron';
import { m } from '../../../../common/text/generated/messages.js';
import { statusWords } from '../../../../common/text/presence-words.ts';
import { unreadCount, type CoreMirror } from '../shell/core-mirror.ts';
import { trayIcon } from './tray-icon.ts';
import { trayMenu, type TrayActions } from './tray-menu.ts';
import { somethingWaits, trayMark } from './tray-state.ts';

/** As long as an answer of the core may take that changes what is ticked. */
const REDRAW_MS = 500;

export function createTray(mirror: CoreMirror, actions: TrayActions): Tray {
  const { state } = mirror;
  const tray = new Tray(trayIcon(trayMark(state), somethingWaits(state), process.platform));
  let drawn = '';

  function draw(): void {
    const mark = trayMark(state);
    const waits = somethingWaits(state);
    const template = trayMenu(state, actions);
    const tooltip = tooltipOf(mark === 'offline' && state.own?.status !== 'appear-offline', unreadCount(state));
    // Setting a menu closes one that is open: only where something is different.
    const next = JSON.stringify([mark, waits, tooltip, template]);
    if (next === drawn) return;
    drawn = next;
    tray.setImage(trayIcon(mark, waits, process.platform));
    tray.setToolTip(tooltip);
    tray.setContextMenu(Menu.buildFromTemplate(template.map(redrawn)));
  }

  /** The system ticks what was clicked by itself; whether it is so, the core says. */
  function redrawn(item: MenuItemConstructorOptions): MenuItemConstructorOptions {
    const { click, submenu } = item;
    return {
      ...item,
      ...(Array.isArray(submenu) ? { submenu: submenu.map(redrawn) } : {}),
      ...(click
        ? {
            click: (...args) => {
              click(...args);
              drawn = '';
              setTimeout(draw, REDRAW_MS);
            },
          }
        : {}),
    };
  }

  function tooltipOf(isUnreachable: boolean, unread: number): string {
    const words =
      state.accounts.size === 0 ? m.tray_no_account() : isUnreachable ? m.tray_unreachable() : statusWords(state.own?.shown ?? 'offline');
    return unread > 0 ? m.tray_tooltip_unread({ state: words, count: unread }) : m.tray_tooltip({ state: words });
  }

  // On macOS a click opens the menu; elsewhere it opens Ahoy, and the menu is the other button's.
  if (process.platform !== 'darwin')
    tray.on('click', () => {
      actions.openMain();
    });
  mirror.onChange(draw);
  draw();
  return tray;
}
