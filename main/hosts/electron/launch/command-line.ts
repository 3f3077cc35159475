/**
 * What an argument list asks of a running Ahoy. A list with a link in it is that link and nothing else: it may come
 * from a web page, and what a page writes must never become an option. Whoever is called is asked about in any case.
 */
import { OwnStatus } from '../../../../common/model/presence.ts';
import { parseLink, type Link, type WishAction } from '../../../../common/model/wish.ts';
import { STARTED_BY_SYSTEM } from '../desktop/autostart-entry.ts';

export type LaunchRequest =
  | { readonly kind: 'open' }
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'wish'; readonly action: WishAction; readonly target: string }
  | { readonly kind: 'status'; readonly status: OwnStatus }
  /** null: the other way round. */
  | { readonly kind: 'do-not-disturb'; readonly on: boolean | null }
  | { readonly kind: 'quit' };

export interface CommandLine {
  readonly requests: readonly LaunchRequest[];
  readonly profile: string | null;
  /** Started with the computer and not by a person. */
  readonly startedBySystem: boolean;
  readonly help: boolean;
  /** What could not be understood, in words; nothing is done then. */
  readonly problem: string | null;
}

export const USAGE = `ahoy [LINK] [--call WHOM] [--chat WHOM] [--status ${OwnStatus.options.join('|')}] [--dnd [on|off]] [--quit] [--profile DIR]

Without an option Ahoy comes to the front. A running Ahoy does what is asked; nobody is called without a question.
LINK is a sip:, sips:, tel: or ahoy: link.
`;

const LINK = /^(?:sips?|tel|ahoy|callto):/i;

/** Our options that take a value; the rest are the runtime's own and ignored. */
const WITH_VALUE = new Set(['--call', '--chat', '--status', '--profile']);

/** The profile, where it stands before the link: what comes after belongs to whoever wrote the link. */
function linkOnly(text: string, before: readonly string[]): CommandLine {
  const link = parseLink(text);
  const profile = before.find((arg) => arg.startsWith('--profile='))?.slice('--profile='.length) ?? null;
  return {
    requests: [link === null ? { kind: 'open' } : { kind: 'link', link }],
    profile,
    startedBySystem: false,
    help: false,
    problem: null,
  };
}

export function parseCommandLine(args: readonly string[]): CommandLine {
  const requests: LaunchRequest[] = [];
  let profile: string | null = null;
  let startedBySystem = false;
  let help = false;
  let problem: string | null = null;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    // The command of a scheme is `ahoy -- LINK`; where a system leaves the dashes out, the link comes first.
    if (arg === '--') return linkOnly(args[index + 1] ?? '', args.slice(0, index));
    if (LINK.test(arg)) return linkOnly(arg, args.slice(0, index));
    const equals = arg.indexOf('=');
    const name = equals === -1 ? arg : arg.slice(0, equals);
    let value: string | null = equals === -1 ? null : arg.slice(equals + 1);
    const next = args[index + 1];
    const takesNext = WITH_VALUE.has(name) || (name === '--dnd' && (next === 'on' || next === 'off'));
    if (value === null && takesNext) {
      index += 1;
      value = next ?? '';
    }
    switch (name) {
      case '--call':
      case '--chat':
        if (value === null || value.trim() === '') problem = `${name} needs a name, a number or an address`;
        else requests.push({ kind: 'wish', action: name === '--call' ? 'call' : 'chat', target: value });
        break;
      case '--status': {
        const status = OwnStatus.options.find((each) => each === value);
        if (status === undefined) problem = `--status is one of ${OwnStatus.options.join(', ')}`;
        else requests.push({ kind: 'status', status });
        break;
      }
      case '--dnd':
        if (value !== null && value !== 'on' && value !== 'off') problem = '--dnd is on or off, or changes over where neither is said';
        else requests.push({ kind: 'do-not-disturb', on: value === null ? null : value === 'on' });
        break;
      case '--quit':
        requests.push({ kind: 'quit' });
        break;
      case '--profile':
        profile = value;
        break;
      case STARTED_BY_SYSTEM:
        startedBySystem = true;
        break;
      case '--help':
        help = true;
        break;
      default: // the runtime's own, or its file
    }
  }
  return { requests, profile, startedBySystem, help, problem };
}
