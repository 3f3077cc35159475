/** Menu and MenuItem as Electron's own JavaScript makes them: templates, checks, radio groups, roles, clicks. */
import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions, PopupOptions } from 'electron';
import type { BrowserWindow } from './browser-window.ts';
import { plainEvent } from './event.ts';
import { roleOf, type Role } from './menu-roles.ts';
import type { NativeImage } from './native-image.ts';
import type { WebContents } from './web-contents.ts';

type Template = MenuItemConstructorOptions | MenuItem;
type Kind = NonNullable<MenuItemConstructorOptions['type']>;

const KINDS: readonly string[] = ['normal', 'separator', 'submenu', 'checkbox', 'radio', 'header', 'palette'];
const NO_KEYS = { altKey: false, shiftKey: false, ctrlKey: false, metaKey: false, triggeredByAccelerator: false };

let commands = 0;

export class MenuItem {
  readonly commandId = (commands += 1);
  readonly type: Kind;
  readonly role: string | undefined;
  readonly submenu: Menu | undefined;
  readonly click: (event?: unknown, window?: BrowserWindow, contents?: WebContents) => void;
  readonly userAccelerator = null;
  id: string;
  label: string;
  sublabel: string;
  toolTip: string;
  accelerator: string | null;
  icon: NativeImage | string | undefined;
  enabled: boolean;
  visible: boolean;
  registerAccelerator: boolean;
  menu: Menu | null = null;
  #checked: boolean;

  constructor(options: MenuItemConstructorOptions) {
    const role: Role | null = options.role === undefined ? null : roleOf(options.role);
    this.role = options.role;
    const submenu = (options.submenu as Menu | readonly Template[] | undefined) ?? role?.submenu;
    this.submenu = submenu === undefined || submenu instanceof Menu ? submenu : Menu.buildFromTemplate(submenu);
    this.type = options.type ?? (this.submenu ? 'submenu' : 'normal');
    if (!KINDS.includes(this.type)) throw new Error(`Unknown menu item type: ${this.type}`);
    if (this.type === 'submenu' && !this.submenu) throw new Error('Invalid submenu');
    this.id = options.id ?? '';
    this.label = options.label ?? role?.label ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.accelerator = options.accelerator ?? role?.accelerator ?? null;
    this.icon = options.icon as NativeImage | string | undefined;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.#checked = options.checked ?? false;
    const clicked = options.click as unknown as ((item: MenuItem, window: BrowserWindow | undefined, event: unknown) => void) | undefined;
    this.click = (event = NO_KEYS, window, contents) => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      else if (this.type === 'radio') this.checked = true;
      if (role) role.run(window, contents);
      else clicked?.(this, window, event);
    };
  }

  get checked(): boolean {
    return this.#checked;
  }

  set checked(checked: boolean) {
    if (checked && this.type === 'radio') for (const other of this.menu?.groupOf(this) ?? []) other.#checked = false;
    this.#checked = checked;
  }
}

let applicationMenu: Menu | null = null;

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: readonly Template[]): Menu {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    for (const item of template as readonly (Template | undefined)[]) {
      const { label, role, type } = item ?? {};
      if (label === undefined && role === undefined && type !== 'separator')
        throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
      const { before, after, beforeGroupContaining, afterGroupContaining } = (item ?? {}) as MenuItemConstructorOptions;
      if (before ?? after ?? beforeGroupContaining ?? afterGroupContaining) throw new Error('the stand-in does not sort menu items');
    }
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item as MenuItemConstructorOptions));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }

  insert(position: number, item: MenuItem): void {
    if (!(item instanceof MenuItem)) throw new TypeError('Invalid item');
    item.menu = this;
    this.items.splice(position, 0, item);
    // One item of a radio group is checked from the beginning.
    const group = this.groupOf(item);
    if (item.type === 'radio' && item.checked) item.checked = true;
    else if (item.type === 'radio' && !group.some(({ checked }) => checked) && group[0]) group[0].checked = true;
  }

  /** The radio items that stand beside it, itself included. */
  groupOf(item: MenuItem): MenuItem[] {
    const groups: MenuItem[][] = [[]];
    for (const one of this.items) {
      if (one.type === 'radio') groups.at(-1)?.push(one);
      else groups.push([]);
    }
    return groups.find((group) => group.includes(item)) ?? [];
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  popup(_options?: PopupOptions): void {
    openPopups.splice(0, openPopups.length, this);
    this.emit('menu-will-show', plainEvent());
  }

  closePopup(): void {
    if (!openPopups.includes(this)) return;
    openPopups.length = 0;
    this.emit('menu-will-close', plainEvent());
  }
}

/** One at most. */
const openPopups: Menu[] = [];

/** The context menu that is open, if any. */
export const openMenu = (): Menu | null => openPopups[0] ?? null;

/** Clicks the item that the labels lead to, as a person would: only what is seen and not greyed out. */
export function clickItem(menu: Menu, labels: readonly string[], window: BrowserWindow | undefined): void {
  const [label, ...rest] = labels;
  const item = menu.items.find((one) => one.visible && one.type !== 'separator' && one.label === label);
  const seen = menu.items.filter(({ visible, type }) => visible && type !== 'separator').map((one) => one.label);
  if (!item) throw new Error(`there is no item "${label ?? ''}"; there are: ${seen.join(', ')}`);
  if (!item.enabled) throw new Error(`the item "${item.label}" is disabled`);
  if (item.submenu) clickItem(item.submenu, rest, window);
  else if (rest.length > 0) throw new Error(`the item "${item.label}" has no submenu`);
  else item.click(NO_KEYS, window, window?.webContents);
}
