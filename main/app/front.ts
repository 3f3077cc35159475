/** Brings the main window to the front, and says what it should show: by the host, and by the page where that opens none. */
import type { FrontView } from '../../common/model/host.ts';
import type { HostWindows } from '../ports/host-windows.ts';
import type { Facts } from './facts.ts';

export interface Front {
  /** False where the host opens no windows itself. */
  request(view?: FrontView): boolean;
}

export function createFront(windows: HostWindows, facts: Facts): Front {
  return {
    request(view = { kind: 'as-it-is' }) {
      const opened = windows.openMain();
      facts.publish('host.frontRequested', { view });
      return opened;
    },
  };
}
