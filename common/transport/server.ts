/**
 * Serves a contract: checks each command's input, calls its handler, and sends events to the clients
 * that are granted the event's domain. Keeps every domain's revision.
 */
import { createBirpc } from 'birpc';
import * as v from 'valibot';
import type { Command, Contract, Grant } from '../contract/define.ts';
import { failed, success, type Outcome } from '../model/failure.ts';
import type { ClientId } from '../model/ids.ts';
import type { ClientFunctions, EventEnvelope, EventName, EventPayload, ServerFunctions, SnapshotEnvelope, SnapshotOf } from './names.ts';
import { ownFunctions } from './own-functions.ts';
import type { Transport } from './transport.ts';

export interface Caller {
  readonly clientId: ClientId;
  readonly kind: string;
}

type Handler<Cmd> =
  Cmd extends Command<infer I, infer O>
    ? (input: v.InferOutput<I>, caller: Caller) => Outcome<v.InferOutput<O>> | Promise<Outcome<v.InferOutput<O>>>
    : never;

/** Every command of every domain, and each domain's present state. */
export type Handlers<C extends Contract> = {
  readonly [D in keyof C]: {
    readonly commands: { readonly [K in keyof C[D]['commands']]: Handler<C[D]['commands'][K]> };
    readonly snapshot: () => SnapshotOf<C, D>;
  };
};

export interface ServerReports {
  /** A handler threw: a defect. Returns the id under which it was logged. */
  readonly defect: (commandName: string, error: unknown) => string;
  /** What the disk or the database refused, in words, where that is what was thrown; else null. */
  readonly storageFailed: (error: unknown) => string | null;
}

export interface Server<C extends Contract> {
  /** Serves a client until its transport closes, within what it is granted. */
  connect(transport: Transport, caller: Caller, grant: Grant<C>): void;
  /** Tells an event to every granted client, or to one alone. An event to one alone raises no revision. */
  publish<N extends EventName<C>>(name: N, payload: EventPayload<C, N>, to?: ClientId): void;
  onDisconnect(listener: (clientId: ClientId) => void): void;
  close(): void;
}

interface Connection {
  readonly caller: Caller;
  /** Domains whose snapshots and events it gets. */
  readonly follows: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;
  readonly transport: Transport;
  readonly deliver: (event: EventEnvelope) => void;
}

export function createServer<C extends Contract>(contract: C, handlers: Handlers<C>, reports: ServerReports): Server<C> {
  const connections = new Map<ClientId, Connection>();
  const revisions = new Map<string, number>();
  const disconnectListeners = new Set<(clientId: ClientId) => void>();

  async function ask(connection: Pick<Connection, 'caller' | 'commands'>, name: unknown, input: unknown): Promise<Outcome<unknown>> {
    if (typeof name !== 'string') return failed('unknown-command');
    const [domainName = '', commandName = '', ...rest] = name.split('.');
    const domain = Object.hasOwn(contract, domainName) ? contract[domainName] : undefined;
    const command = domain && Object.hasOwn(domain.commands, commandName) ? domain.commands[commandName] : undefined;
    if (!command || rest.length > 0) return failed('unknown-command', { detail: name.slice(0, 100) });
    if (!connection.commands.has(name)) return failed('not-permitted', { detail: name });
    const parsed = v.safeParse(command.input, input);
    if (!parsed.success) return failed('invalid-input', { detail: v.summarize(parsed.issues).slice(0, 2000) });
    const handler = handlers[domainName]?.commands[commandName] as
      ((i: unknown, c: Caller) => Outcome<unknown> | Promise<Outcome<unknown>>) | undefined;
    if (!handler) return failed('unknown-command', { detail: name });
    try {
      return await handler(parsed.output, connection.caller);
    } catch (error) {
      return failureOf(name, error);
    }
  }

  function snapshot(connection: Pick<Connection, 'follows'>, domainName: unknown): Outcome<SnapshotEnvelope> {
    if (typeof domainName !== 'string' || !Object.hasOwn(contract, domainName)) return failed('unknown-command');
    if (!connection.follows.has(domainName)) return failed('not-permitted', { detail: domainName });
    const handler = handlers[domainName];
    if (!handler) return failed('unknown-command');
    try {
      return success({ revision: revisions.get(domainName) ?? 0, state: handler.snapshot() });
    } catch (error) {
      return failureOf(`${domainName}.snapshot`, error);
    }
  }

  function failureOf(name: string, error: unknown): ReturnType<typeof failed> {
    const refusal = reports.storageFailed(error);
    return refusal === null ? failed('internal', { reportId: reports.defect(name, error) }) : failed('storage-failed', { detail: refusal });
  }

  return {
    connect(transport, caller, grant) {
      const scope = { caller, follows: new Set<string>(grant.follows), commands: new Set<string>(grant.commands) };
      const functions: ServerFunctions = {
        ask: (name, input) => ask(scope, name, input),
        snapshot: (domainName) => Promise.resolve(snapshot(scope, domainName)),
      };
      const rpc = createBirpc<ClientFunctions, ServerFunctions>(functions, {
        post: (message) => {
          transport.send(message);
        },
        on: (receive) => {
          transport.onMessage(receive);
        },
        eventNames: ['deliver'],
        resolver: ownFunctions<ServerFunctions>(functions),
      });
      connections.set(caller.clientId, {
        ...scope,
        transport,
        deliver: (event) => {
          void rpc.deliver.asEvent(event);
        },
      });
      transport.onClose(() => {
        if (!connections.delete(caller.clientId)) return;
        rpc.$close();
        for (const listener of disconnectListeners) listener(caller.clientId);
      });
    },
    publish(name, payload, to) {
      const domainName = name.slice(0, name.indexOf('.'));
      if (to !== undefined) {
        connections.get(to)?.deliver({ name, revision: revisions.get(domainName) ?? 0, payload });
        return;
      }
      const revision = (revisions.get(domainName) ?? 0) + 1;
      revisions.set(domainName, revision);
      for (const connection of connections.values()) {
        if (connection.follows.has(domainName)) connection.deliver({ name, revision, payload });
      }
    },
    onDisconnect(listener) {
      disconnectListeners.add(listener);
    },
    close() {
      for (const connection of [...connections.values()]) connection.transport.close();
    },
  };
}
