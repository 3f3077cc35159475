/**
 * The three kinds of the contract. A command is asked and answered once; an event is a fact already true;
 * a snapshot is a domain's present state, with a revision that each of its events raises by one.
 */
import * as v from 'valibot';

/** Any schema: what matters here is only what it makes. */
export type Schema = v.GenericSchema;

export interface Command<I extends Schema = Schema, O extends Schema = Schema> {
  readonly kind: 'command';
  readonly input: I;
  readonly output: O;
  /** One sentence for docs/contract.md. */
  readonly says: string;
}

export interface Event<P extends Schema = Schema> {
  readonly kind: 'event';
  readonly payload: P;
  readonly says: string;
}

export interface Domain<
  S extends Schema = Schema,
  C extends Readonly<Record<string, Command>> = Readonly<Record<string, Command>>,
  E extends Readonly<Record<string, Event>> = Readonly<Record<string, Event>>,
> {
  readonly snapshot: S;
  readonly commands: C;
  readonly events: E;
}

export type Contract = Readonly<Record<string, Domain>>;

/** What one client may use: the domains whose snapshots and events it gets, and its commands. */
export interface Grant<C extends Contract> {
  readonly follows: readonly (keyof C & string)[];
  readonly commands: readonly { [D in keyof C & string]: `${D}.${keyof C[D]['commands'] & string}` }[keyof C & string][];
}

export function command<I extends Schema, O extends Schema>(says: string, input: I, output: O): Command<I, O> {
  return { kind: 'command', input, output, says };
}

export function event<P extends Schema>(says: string, payload: P): Event<P> {
  return { kind: 'event', payload, says };
}

export function domain<S extends Schema, C extends Readonly<Record<string, Command>>, E extends Readonly<Record<string, Event>>>(parts: {
  readonly snapshot: S;
  readonly commands: C;
  readonly events: E;
}): Domain<S, C, E> {
  return parts;
}

/** The input of a command that needs none: an object without members (an array would pass as one). */
export const nothing = v.pipe(
  v.custom<Record<string, never>>((input) => !Array.isArray(input), 'an object without members'),
  v.strictObject({}),
);
