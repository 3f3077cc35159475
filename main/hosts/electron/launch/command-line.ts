/**
 * What an argument list asks of a running Ahoy. A list with a link in it is that link and nothing else: it may come
 * from a web page, and what a page writes must never become an option. The user is asked before anybody is called.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
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

/** Ours; the rest are the runtime's own and ignored. What follows `--dnd` is its value where it is one. */
const OPTIONS = {
  call: { type: 'string' },
  chat: { type: 'string' },
  status: { type: 'string' },
  dnd: { type: 'boolean' },
  quit: { type: 'boolean' },
  profile: { type: 'string' },
  help: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

/** What comes after one of these is its value, a link too. */
const WITH_VALUE: ReadonlySet<string> = new Set(['--call', '--chat', '--status', '--profile']);

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
  // The command of a scheme is `ahoy -- LINK`; where a system leaves the dashes out, the link comes first.
  const link = args.findIndex((arg, at) => arg === '--' || (LINK.test(arg) && !WITH_VALUE.has(args[at - 1] ?? '')));
  if (link !== -1) return linkOnly(args[args[link] === '--' ? link + 1 : link] ?? '', args.slice(0, link));
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, allowPositionals: true, tokens: true });
  const requests: LaunchRequest[] = [];
  let profile: string | null = null;
  let help = false;
  let problem: string | null = null;
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'option') continue;
    const { rawName, value } = token;
    switch (rawName) {
      case '--call':
      case '--chat':
        if (value === undefined || value.trim() === '') problem = `${rawName} needs a name, a number or an address`;
        else requests.push({ kind: 'wish', action: rawName === '--call' ? 'call' : 'chat', target: value });
        break;
      case '--status': {
        const status = OwnStatus.options.find((each) => each === value);
        if (status === undefined) problem = `--status is one of ${OwnStatus.options.join(', ')}`;
        else requests.push({ kind: 'status', status });
        break;
      }
      case '--dnd': {
        const next = tokens[at + 1];
        const wanted = value ?? (next?.kind === 'positional' && (next.value === 'on' || next.value === 'off') ? next.value : undefined);
        if (wanted !== undefined && wanted !== 'on' && wanted !== 'off')
          problem = '--dnd is on or off, or changes over where neither is said';
        else requests.push({ kind: 'do-not-disturb', on: wanted === undefined ? null : wanted === 'on' });
        break;
      }
      case '--quit':
        requests.push({ kind: 'quit' });
        break;
      case '--profile':
        profile = value ?? null;
        break;
      case '--help':
        help = true;
        break;
      default: // the runtime's own
    }
  }
  return { requests, profile, startedBySystem: args.includes(STARTED_BY_SYSTEM), help, problem };
}
