/** The contract: the only list of its domains. */
import { accounts } from './accounts.ts';
import { alerts } from './alerts.ts';
import { calls } from './calls.ts';
import { desktop } from './desktop.ts';
import { history } from './history.ts';
import { host } from './host.ts';
import { media } from './media.ts';
import { messaging } from './messaging.ts';
import { people } from './people.ts';
import { practice } from './practice.ts';
import { presence } from './presence.ts';
import { secrets } from './secrets.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { voicemail } from './voicemail.ts';

export const contract = {
  host,
  desktop,
  accounts,
  secrets,
  presence,
  people,
  messaging,
  calls,
  history,
  voicemail,
  alerts,
  media,
  practice,
  sessions,
  settings,
} as const;

export type AhoyContract = typeof contract;
export type DomainName = keyof AhoyContract;
