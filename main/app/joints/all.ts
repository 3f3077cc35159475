/** Every joint. Several may listen to the same fact; they run in the order of this list. */
import { accountsAlerts } from './accounts-alerts.ts';
import { accountsMessaging } from './accounts-messaging.ts';
import { accountsPresence } from './accounts-presence.ts';
import { accountsVoicemail } from './accounts-voicemail.ts';
import { attentionAlerts } from './attention-alerts.ts';
import { callHistoryAlerts } from './call-history-alerts.ts';
import { callsAlerts } from './calls-alerts.ts';
import { callsCallHistory } from './calls-call-history.ts';
import { callsMedia } from './calls-media.ts';
import { callsPresence } from './calls-presence.ts';
import { callsWindows } from './calls-windows.ts';
import type { Joint } from './joint.ts';
import { listsWatches } from './lists-watches.ts';
import { mediaCalls } from './media-calls.ts';
import { messagingAlerts } from './messaging-alerts.ts';
import { presenceAlerts } from './presence-alerts.ts';
import { reachabilityPresence } from './reachability-presence.ts';
import { settingsDesktop } from './settings-desktop.ts';
import { settingsPresence } from './settings-presence.ts';
import { voicemailAlerts } from './voicemail-alerts.ts';

export const joints: readonly Joint[] = [
  accountsMessaging,
  accountsPresence,
  accountsVoicemail,
  accountsAlerts,
  mediaCalls,
  callsMedia,
  callsPresence,
  callsWindows,
  callsCallHistory,
  callsAlerts,
  callHistoryAlerts,
  messagingAlerts,
  voicemailAlerts,
  presenceAlerts,
  attentionAlerts,
  reachabilityPresence,
  settingsPresence,
  settingsDesktop,
  listsWatches,
];
