/** What a test can read of the stand-in: everything a person would see on the desktop, and what was asked of the system. */
import type { Rectangle, Size } from 'electron';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard } from './clipboard.ts';
import { waitingDialogs, type WaitingDialog } from './dialog.ts';
import { registeredShortcuts } from './global-shortcut.ts';
import { Menu, openMenu } from './menu.ts';
import type { NativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { shownNotifications } from './notification.ts';
import { runningBlockers } from './power-save-blocker.ts';
import { record } from './record.ts';
import { theTray } from './tray.ts';

export interface ImageState {
  readonly file: string | null;
  readonly size: Size;
  readonly scaleFactors: readonly number[];
  readonly template: boolean;
  readonly empty: boolean;
}

export interface MenuItemState {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly type: string;
  readonly role: string | null;
  readonly accelerator: string | null;
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly checked: boolean;
  readonly icon: ImageState | string | null;
  readonly submenu: readonly MenuItemState[] | null;
}

export interface WindowState {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly visible: boolean;
  readonly focused: boolean;
  readonly minimized: boolean;
  readonly maximized: boolean;
  readonly fullScreen: boolean;
  readonly bounds: Rectangle;
  readonly normalBounds: Rectangle;
  readonly minimumSize: readonly number[];
  readonly alwaysOnTop: boolean;
  readonly level: string;
  readonly onAllWorkspaces: boolean;
  readonly skipTaskbar: boolean;
  readonly focusable: boolean;
  readonly flashing: boolean;
  readonly progress: number;
  readonly contentProtected: boolean;
  readonly zoomLevel: number;
  readonly overlay: { readonly image: ImageState | null; readonly description: string };
  readonly icon: ImageState | null;
  readonly crashed: boolean;
  readonly loading: boolean;
  readonly audioMuted: boolean;
  /** Chromium's name of its page; null before there is one. */
  readonly target: string | null;
}

export interface TrayState {
  readonly toolTip: string;
  readonly title: string;
  readonly image: ImageState;
  readonly menu: readonly MenuItemState[] | null;
}

export interface NotificationState {
  readonly id: string;
  readonly groupId: string;
  readonly title: string;
  readonly subtitle: string;
  readonly body: string;
  readonly silent: boolean;
  readonly urgency: string;
  readonly timeoutType: string;
  readonly actions: readonly string[];
  readonly hasReply: boolean;
  readonly replyPlaceholder: string;
  readonly icon: ImageState;
}

export interface StandInState {
  readonly ready: boolean;
  readonly windows: readonly WindowState[];
  readonly tray: TrayState | null;
  readonly applicationMenu: readonly MenuItemState[] | null;
  readonly openMenu: readonly MenuItemState[] | null;
  readonly notifications: readonly NotificationState[];
  readonly shortcuts: readonly string[];
  readonly badge: number;
  readonly loginItem: { readonly openAtLogin?: boolean; readonly path?: string; readonly args?: readonly string[] };
  readonly protocols: readonly (readonly [protocol: string, path: string, args: readonly string[]])[];
  readonly desktopName: string;
  readonly userModelId: string;
  readonly openedUrls: readonly string[];
  readonly openedPaths: readonly string[];
  readonly shownInFolder: readonly string[];
  readonly errorBoxes: readonly { readonly title: string; readonly content: string }[];
  readonly relaunches: readonly { readonly args?: readonly string[]; readonly execPath?: string }[];
  readonly beeps: number;
  readonly blockers: readonly string[];
  readonly dialogs: readonly WaitingDialog[];
  readonly clipboard: string;
  readonly themeSource: string;
  /** Calls that have no effect here, such as `app.enableSandbox`. */
  readonly calls: readonly string[];
}

function imageState(image: NativeImage): ImageState {
  return {
    file: image.standInFile,
    size: image.getSize(),
    scaleFactors: image.getScaleFactors(),
    template: image.isTemplateImage(),
    empty: image.isEmpty(),
  };
}

function menuState(menu: Menu | null | undefined): MenuItemState[] | null {
  if (!menu) return null;
  return menu.items.map((item) => ({
    id: item.id,
    label: item.label,
    sublabel: item.sublabel,
    type: item.type,
    role: item.role ?? null,
    accelerator: item.accelerator,
    enabled: item.enabled,
    visible: item.visible,
    checked: item.checked,
    icon: item.icon === undefined ? null : typeof item.icon === 'string' ? item.icon : imageState(item.icon),
    submenu: menuState(item.submenu),
  }));
}

function windowState(window: BrowserWindow): WindowState {
  const { alwaysOnTop, level, onAllWorkspaces, skipTaskbar, flashing, progress, contentProtected, overlay, icon } = window.standInChrome;
  return {
    id: window.id,
    url: window.webContents.getURL(),
    title: window.getTitle(),
    visible: window.isVisible(),
    focused: window.isFocused(),
    minimized: window.isMinimized(),
    maximized: window.isMaximized(),
    fullScreen: window.isFullScreen(),
    bounds: window.getBounds(),
    normalBounds: window.getNormalBounds(),
    minimumSize: window.getMinimumSize(),
    alwaysOnTop,
    level,
    onAllWorkspaces,
    skipTaskbar,
    focusable: window.isFocusable(),
    flashing,
    progress,
    contentProtected,
    zoomLevel: window.webContents.getZoomLevel(),
    overlay: { image: overlay.image && imageState(overlay.image), description: overlay.description },
    icon: icon && imageState(icon),
    crashed: window.webContents.isCrashed(),
    loading: window.webContents.isLoading(),
    audioMuted: window.webContents.isAudioMuted(),
    target: window.webContents.standInTarget,
  };
}

export function readState(): StandInState {
  const tray = theTray()?.standIn;
  return {
    ready: app.isReady(),
    windows: BrowserWindow.getAllWindows().map(windowState),
    tray: tray ? { toolTip: tray.toolTip, title: tray.title, image: imageState(tray.image), menu: menuState(tray.menu) } : null,
    applicationMenu: menuState(Menu.getApplicationMenu()),
    openMenu: menuState(openMenu()),
    notifications: shownNotifications().map((shown) => ({
      id: shown.id,
      groupId: shown.groupId,
      title: shown.title,
      subtitle: shown.subtitle,
      body: shown.body,
      silent: shown.silent,
      urgency: shown.urgency,
      timeoutType: shown.timeoutType,
      actions: shown.actions.map(({ text }) => text ?? ''),
      hasReply: shown.hasReply,
      replyPlaceholder: shown.replyPlaceholder,
      icon: imageState(shown.standInIcon),
    })),
    shortcuts: registeredShortcuts(),
    badge: app.getBadgeCount(),
    ...app.standIn,
    ...record,
    blockers: runningBlockers(),
    dialogs: waitingDialogs(),
    clipboard: clipboard.standInText,
    themeSource: nativeTheme.themeSource,
  };
}
