/** One line of a menu, whether a button or a right click opened it. */
import type { Icon } from './icon.ts';

export interface MenuItem {
  readonly label: string;
  readonly icon?: Icon;
  readonly danger?: boolean;
  readonly onselect: () => void;
}
