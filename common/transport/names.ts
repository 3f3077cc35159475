/** The types of commands, events and snapshots, derived from a contract. */
import type * as v from 'valibot';
import type { Command, Contract, Domain, Event } from '../contract/define.ts';
import type { Outcome } from '../model/failure.ts';

/** Each domain's commands as functions of the client. */
export type Ask<C extends Contract> = {
  readonly [D in keyof C]: {
    readonly [K in keyof C[D]['commands']]: C[D]['commands'][K] extends Command<infer I, infer O>
      ? (input: v.InferInput<I>) => Promise<Outcome<v.InferOutput<O>>>
      : never;
  };
};

export type EventName<C extends Contract> = {
  [D in keyof C & string]: `${D}.${keyof C[D]['events'] & string}`;
}[keyof C & string];

export type EventPayload<C extends Contract, N extends EventName<C>> = N extends `${infer D}.${infer K}`
  ? C[D] extends Domain<infer _S, infer _C, infer Events>
    ? Events[K] extends Event<infer P>
      ? v.InferOutput<P>
      : never
    : never
  : never;

export type SnapshotOf<C extends Contract, D extends keyof C> = v.InferOutput<C[D]['snapshot']>;

/** One event as it travels; `revision` is the domain's after it. */
export interface EventEnvelope {
  readonly name: string;
  readonly revision: number;
  readonly payload: unknown;
}

/** A snapshot as it travels. */
export interface SnapshotEnvelope {
  readonly revision: number;
  readonly state: unknown;
}

/** What the server offers by RPC. Everything is answered by an Outcome; nothing is thrown across. */
export interface ServerFunctions {
  ask(name: unknown, input: unknown): Promise<Outcome<unknown>>;
  snapshot(domain: unknown): Promise<Outcome<SnapshotEnvelope>>;
}

export interface ClientFunctions {
  deliver(event: EventEnvelope): void;
}
