/**
 * What each kind of client may do: which domains it follows (snapshot and events), and which commands it may send. A
 * window is granted what it needs for its job, so that a page under somebody else's control can do no more than that.
 */
import type { Grant } from './define.ts';
import { contract, type AhoyContract, type DomainName } from './index.ts';

/** `shell`: the host's own tray and alerts. `program`: docs/automation.md. */
export type ClientKind = 'main' | 'call' | 'incoming' | 'dial' | 'shell' | 'program';

type CommandName = Grant<AhoyContract>['commands'][number];

/** Every command of these domains, but for those named. */
function all(domains: readonly DomainName[], without: readonly CommandName[] = []): readonly CommandName[] {
  return domains
    .flatMap((domain) => Object.keys(contract[domain].commands).map((command) => `${domain}.${command}` as CommandName))
    .filter((name) => !without.includes(name));
}

const everything = Object.keys(contract) as DomainName[];
const PAGES: readonly DomainName[] = everything.filter((domain) => domain !== 'media');
const SHELL: readonly DomainName[] = PAGES.filter((domain) => domain !== 'secrets' && domain !== 'practice' && domain !== 'sessions');
/** What decides which programs run and which links open is the main window's alone; the shell asks its own question. */
const GUARDED: readonly CommandName[] = ['settings.setUpdateUrl', 'settings.trustLinkHost'];

export const grants: Readonly<Record<ClientKind, Grant<AhoyContract>>> = {
  main: { follows: PAGES, commands: all(PAGES, ['settings.trustLinkHost']) },
  call: {
    follows: ['host', 'accounts', 'presence', 'people', 'messaging', 'calls', 'media', 'settings'],
    commands: [...all(['calls', 'media']), 'host.openWindow', 'messaging.open'],
  },
  incoming: {
    follows: ['host', 'accounts', 'people', 'messaging', 'calls', 'settings'],
    commands: ['calls.accept', 'calls.reject', 'host.openWindow', 'messaging.open'],
  },
  dial: {
    follows: ['host', 'accounts', 'presence', 'people', 'messaging', 'calls', 'settings'],
    commands: ['calls.place', 'host.openWindow', 'messaging.open'],
  },
  shell: { follows: SHELL, commands: all(SHELL, ['settings.setUpdateUrl']) },
  program: { follows: everything, commands: all(everything, GUARDED) },
};
