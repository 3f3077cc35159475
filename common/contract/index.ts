/** The contract: the only list of its domains. */
import { accounts } from './accounts.ts';
import { calls } from './calls.ts';
import { history } from './history.ts';
import { host } from './host.ts';
import { media } from './media.ts';
import { messaging } from './messaging.ts';
import { people } from './people.ts';
import { practice } from './practice.ts';
import { presence } from './presence.ts';
import { settings } from './settings.ts';

export const contract = { host, accounts, presence, people, messaging, calls, history, media, practice, settings } as const;

export type AhoyContract = typeof contract;
export type DomainName = keyof AhoyContract;

/** What kind of client a connection is, and which domains that kind may use. */
export type ClientKind = 'main' | 'call' | 'program';

export const grants: Readonly<Record<ClientKind, readonly DomainName[]>> = {
  main: ['host', 'accounts', 'presence', 'people', 'messaging', 'calls', 'history', 'practice', 'settings'],
  call: ['host', 'accounts', 'presence', 'people', 'calls', 'media', 'settings'],
  program: ['host', 'accounts', 'presence', 'people', 'messaging', 'calls', 'history', 'media', 'practice', 'settings'],
};
