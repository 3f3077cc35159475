/** What a host gives the core to work with: an implementation of each port. */
import type { HostCapabilities } from '../../common/model/host.ts';
import type { AlertDisplay } from '../ports/alert-display.ts';
import type { Clock } from '../ports/clock.ts';
import type { DesktopPort } from '../ports/desktop-port.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { HostWindows } from '../ports/host-windows.ts';
import type { Logger } from '../ports/logger.ts';
import type { MediaPeer } from '../ports/media-peer.ts';
import type { PageSessions } from '../ports/page-sessions.ts';
import type { PracticeExchange } from '../ports/practice-exchange.ts';
import type { Random } from '../ports/random.ts';
import type { SecretVault } from '../ports/secret-store.ts';
import type { SipStack } from '../ports/sip-stack.ts';

export interface AppAdapters {
  readonly store: HistoryStore;
  readonly secrets: SecretVault;
  /** Makes the SIP stack around the media peer that the app provides. */
  readonly sipStack: (mediaPeer: MediaPeer) => SipStack;
  readonly practice: PracticeExchange;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly windows: HostWindows;
  readonly alerts: AlertDisplay;
  readonly desktop: DesktopPort;
  readonly pageSessions: PageSessions;
  readonly version: string;
  readonly capabilities: HostCapabilities;
}
