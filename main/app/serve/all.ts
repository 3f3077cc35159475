/** Every domain of the contract, and who serves it. */
import type { AhoyContract } from '../../../common/contract/index.ts';
import type { Handlers } from '../../../common/transport/server.ts';
import { serveAccounts } from './accounts.ts';
import { serveAlerts } from './alerts.ts';
import { serveCalls } from './calls.ts';
import { serveDesktop } from './desktop.ts';
import { serveHistory } from './history.ts';
import { serveHost } from './host.ts';
import { serveMedia } from './media.ts';
import { serveMessaging } from './messaging.ts';
import { servePeople } from './people.ts';
import { servePractice } from './practice.ts';
import { servePresence } from './presence.ts';
import { serveSecrets } from './secrets.ts';
import type { Served } from './served.ts';
import { serveSessions } from './sessions.ts';
import { serveSettings } from './settings.ts';
import { serveVoicemail } from './voicemail.ts';

export function serveAll(served: Served): Handlers<AhoyContract> {
  return {
    host: serveHost(served),
    desktop: serveDesktop(served),
    secrets: serveSecrets(served),
    accounts: serveAccounts(served),
    presence: servePresence(served),
    people: servePeople(served),
    messaging: serveMessaging(served),
    calls: serveCalls(served),
    history: serveHistory(served),
    voicemail: serveVoicemail(served),
    alerts: serveAlerts(served),
    media: serveMedia(served),
    practice: servePractice(served),
    sessions: serveSessions(served),
    settings: serveSettings(served),
  };
}
