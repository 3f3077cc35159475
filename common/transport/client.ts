/** A typed client of a contract over a transport: ask commands, listen for events, load snapshots. */
import { createBirpc } from 'birpc';
import * as v from 'valibot';
import type { Contract } from '../contract/define.ts';
import { failed, type Outcome } from '../model/failure.ts';
import type { Ask, ClientFunctions, EventEnvelope, EventName, EventPayload, ServerFunctions, SnapshotOf } from './names.ts';
import { ownFunctions } from './own-functions.ts';
import type { Transport } from './transport.ts';

export interface Snapshot<S> {
  readonly revision: number;
  readonly state: S;
}

export interface Client<C extends Contract> {
  readonly ask: Ask<C>;
  snapshot<D extends keyof C & string>(domain: D): Promise<Outcome<Snapshot<SnapshotOf<C, D>>>>;
  /** Listens for one event; the listener also gets the domain's revision after it. Returns what ends it. */
  listen<N extends EventName<C>>(name: N, listener: (payload: EventPayload<C, N>, revision: number) => void): () => void;
  /** Told of every event of a domain, parsed, in order: what mirrors need. */
  follow(domain: keyof C & string, listener: (event: EventEnvelope) => void): () => void;
  onClose(listener: () => void): void;
  close(): void;
}

/**
 * What comes is checked against the contract too: a host of another version is reported as
 * `internal` with what did not fit, instead of failing somewhere in a window.
 */
export function createClient<C extends Contract>(contract: C, transport: Transport, onMismatch: (what: string) => void): Client<C> {
  const listeners = new Map<string, Set<(payload: unknown, revision: number) => void>>();
  const followers = new Map<string, Set<(event: EventEnvelope) => void>>();
  const closeListeners = new Set<() => void>();
  let closed = false;
  const isClosed = (): boolean => closed;

  const functions: ClientFunctions = {
    deliver(envelope) {
      const [domainName = '', eventName = ''] = envelope.name.split('.');
      const schema = contract[domainName]?.events[eventName]?.payload;
      if (!schema) {
        onMismatch(`unknown event ${envelope.name}`);
        return;
      }
      const parsed = v.safeParse(schema, envelope.payload);
      if (!parsed.success) {
        onMismatch(`${envelope.name}: ${v.summarize(parsed.issues)}`);
        return;
      }
      const event = { ...envelope, payload: parsed.output };
      for (const listener of [...(listeners.get(envelope.name) ?? [])]) listener(parsed.output, envelope.revision);
      for (const follower of [...(followers.get(domainName) ?? [])]) follower(event);
    },
  };
  const rpc = createBirpc<ServerFunctions, ClientFunctions>(functions, {
    post: (message) => {
      transport.send(message);
    },
    on: (receive) => {
      transport.onMessage(receive);
    },
    timeout: 60_000,
    resolver: ownFunctions<ClientFunctions>(functions),
  });
  transport.onClose(() => {
    closed = true;
    rpc.$close(new Error('disconnected'));
    for (const listener of [...closeListeners]) listener();
  });

  async function guarded<T>(name: string, asked: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (isClosed()) return failed('disconnected');
    try {
      return await asked();
    } catch (error) {
      return isClosed() ? failed('disconnected') : failed('internal', { detail: `${name}: ${String(error)}` });
    }
  }

  async function askOne(name: string, output: v.GenericSchema, input: unknown): Promise<Outcome<unknown>> {
    const answer = await guarded(name, () => rpc.ask(name, input));
    if (!answer.ok) return answer;
    const parsed = v.safeParse(output, answer.value);
    if (parsed.success) return { ok: true, value: parsed.output };
    onMismatch(`${name}: ${v.summarize(parsed.issues)}`);
    return failed('internal', { detail: `${name}: the answer does not fit the contract` });
  }

  const ask = Object.fromEntries(
    Object.entries(contract).map(([domainName, domain]) => [
      domainName,
      Object.fromEntries(
        Object.entries(domain.commands).map(([commandName, command]) => [
          commandName,
          (input: unknown) => askOne(`${domainName}.${commandName}`, command.output, input),
        ]),
      ),
    ]),
  ) as Ask<C>;

  return {
    ask,
    async snapshot(domainName) {
      const answer = await guarded(`${domainName}.snapshot`, () => rpc.snapshot(domainName));
      if (!answer.ok) return answer;
      const schema = contract[domainName]?.snapshot;
      const parsed = schema ? v.safeParse(schema, answer.value.state) : null;
      if (!parsed?.success) {
        onMismatch(`${domainName}.snapshot: ${parsed ? v.summarize(parsed.issues) : 'unknown domain'}`);
        return failed('internal', { detail: `${domainName}.snapshot does not fit the contract` });
      }
      return { ok: true, value: { revision: answer.value.revision, state: parsed.output } };
    },
    listen(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      const untyped = listener as (payload: unknown, revision: number) => void;
      set.add(untyped);
      return () => set.delete(untyped);
    },
    follow(domainName, listener) {
      const set = followers.get(domainName) ?? new Set();
      followers.set(domainName, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    onClose(listener) {
      closeListeners.add(listener);
    },
    close() {
      transport.close();
    },
  };
}
