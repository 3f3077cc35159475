/** Writes docs/contract.md from the contract's schemas: `npm run contract`. A test checks that it is current. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grants } from '../common/contract/grants.ts';
import { contract } from '../common/contract/index.ts';
import { HostCapabilities, HostNotice } from '../common/model/host.ts';
import { Settings } from '../common/model/settings.ts';
import { Account, AccountSettings, Registration } from '../common/model/account.ts';
import { Call, CallRecord } from '../common/model/call.ts';
import { Failure } from '../common/model/failure.ts';
import { MediaOperation, MediaResult, PeerState, SessionDescription } from '../common/model/media.ts';
import { Conversation, Message } from '../common/model/message.ts';
import { Person, PersonDetails } from '../common/model/person.ts';
import { OwnPresence, Presentity, Publication } from '../common/model/presence.ts';

/** Shapes that are named where they stand and written out once, at the end. */
const named = {
  Account,
  AccountSettings,
  Registration,
  Failure,
  Person,
  PersonDetails,
  Conversation,
  Message,
  Call,
  CallRecord,
  OwnPresence,
  Publication,
  Presentity,
  Settings,
  HostCapabilities,
  HostNotice,
  MediaOperation,
  MediaResult,
  PeerState,
  SessionDescription,
};
const names = new Map<unknown, string>(Object.entries(named).map(([title, schema]) => [schema, title]));

/** What of valibot's schemas is read here, whatever their kind. */
interface SchemaParts {
  readonly type: string;
  readonly entries: Readonly<Record<string, unknown>>;
  readonly options: readonly unknown[];
  readonly item: unknown;
  readonly key: unknown;
  readonly value: unknown;
  readonly wrapped: unknown;
  readonly literal: unknown;
  readonly pipe?: readonly { readonly type: string; readonly name?: string }[];
}

/** A schema as a reader writes it down: `{ name: string, tags?: string[] }`. */
function shape(of: unknown, writtenOut = false): string {
  const title = names.get(of);
  if (title !== undefined && !writtenOut) return title;
  const schema = of as SchemaParts;
  const brand = schema.pipe?.find((action) => action.type === 'brand')?.name;
  if (brand !== undefined) return brand;
  switch (schema.type) {
    case 'strict_object':
    case 'object': {
      const entries = Object.entries(schema.entries).map(([name, entry]) => {
        const { type, wrapped } = entry as SchemaParts;
        return type === 'optional' ? `${name}?: ${shape(wrapped)}` : `${name}: ${shape(entry)}`;
      });
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
    }
    case 'array':
      return `${shape(schema.item)}[]`;
    case 'record':
      return `{ [${shape(schema.key)}]: ${shape(schema.value)} }`;
    case 'picklist':
      return (schema.options as readonly string[]).map((option) => `'${option}'`).join(' \\| ');
    case 'literal':
      return JSON.stringify(schema.literal);
    case 'nullable':
      return `${shape(schema.wrapped)} \\| null`;
    case 'optional':
      return `${shape(schema.wrapped)}?`;
    case 'variant':
    case 'union':
      return schema.options.map((option) => shape(option)).join(' \\| ');
    case 'custom':
      return '{}';
    default:
      return schema.type;
  }
}

/** A whole domain in one word, else its commands one by one. */
function commandsInWords(granted: readonly string[]): string {
  return Object.entries(contract)
    .flatMap(([domain, { commands }]) => {
      const names = Object.keys(commands).map((command) => `${domain}.${command}`);
      const some = names.filter((name) => granted.includes(name));
      return some.length > 1 && some.length === names.length ? [`${domain}.*`] : some;
    })
    .map((name) => `\`${name}\``)
    .join(', ');
}

export function contractDocument(): string {
  const lines = [
    '# The contract',
    '',
    'Made from the schemas in `common/contract` by `npm run contract`; a test checks that it is current.',
    '',
    'Commands are asked and answered once, by `{ ok: true, value }` or `{ ok: false, failure: { code, … } }`. Events are facts already true.',
    'A snapshot is a domain’s present state with a revision; each event of the domain raises it by one. Times end in `Ms` and are epoch milliseconds.',
    '',
    '## Who may use what',
    '',
    '| client | follows | may ask |',
    '| --- | --- | --- |',
    ...Object.entries(grants).map(([kind, grant]) => `| ${kind} | ${grant.follows.join(', ')} | ${commandsInWords(grant.commands)} |`),
    '',
  ];
  for (const [domainName, domain] of Object.entries(contract)) {
    lines.push(`## ${domainName}`, '', `Snapshot: \`${shape(domain.snapshot).replaceAll('\\|', '|')}\``, '');
    lines.push('| command | takes | answers | |', '| --- | --- | --- | --- |');
    const commands = Object.entries(domain.commands) as [string, { input: unknown; output: unknown; says: string }][];
    for (const [commandName, command] of commands) {
      lines.push(`| \`${domainName}.${commandName}\` | \`${shape(command.input)}\` | \`${shape(command.output)}\` | ${command.says} |`);
    }
    const events = Object.entries(domain.events) as [string, { payload: unknown; says: string }][];
    if (events.length > 0) {
      lines.push('', '| event | carries | |', '| --- | --- | --- |');
      for (const [eventName, event] of events)
        lines.push(`| \`${domainName}.${eventName}\` | \`${shape(event.payload)}\` | ${event.says} |`);
    }
    lines.push('');
  }
  lines.push('## Shapes', '');
  for (const [title, schema] of Object.entries(named)) lines.push(`- **${title}**: \`${shape(schema, true).replaceAll('\\|', '|')}\``);
  return `${lines.join('\n').trimEnd()}\n`;
}

if (process.argv[1]?.endsWith('contract-document.ts'))
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'contract.md'), contractDocument());
