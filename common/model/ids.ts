/**
 * The identities that travel between rooms. Each is an opaque string with a brand, so that an account
 * cannot be handed over where a call is meant.
 */
import * as v from 'valibot';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(128));

export const AccountId = v.pipe(id, v.brand('AccountId'));
export type AccountId = v.InferOutput<typeof AccountId>;

export const PersonId = v.pipe(id, v.brand('PersonId'));
export type PersonId = v.InferOutput<typeof PersonId>;

export const ConversationId = v.pipe(id, v.brand('ConversationId'));
export type ConversationId = v.InferOutput<typeof ConversationId>;

export const MessageId = v.pipe(id, v.brand('MessageId'));
export type MessageId = v.InferOutput<typeof MessageId>;

export const CallId = v.pipe(id, v.brand('CallId'));
export type CallId = v.InferOutput<typeof CallId>;

/**
 * One session of a call: its signalling, and the media that goes with it. A call is what the user sees and has one
 * leg; while it moves to another party it will have two.
 */
export const LegId = v.pipe(id, v.brand('LegId'));
export type LegId = v.InferOutput<typeof LegId>;

export const CallRecordId = v.pipe(id, v.brand('CallRecordId'));
export type CallRecordId = v.InferOutput<typeof CallRecordId>;

/** One connected page or program, for as long as its connection lives. */
export const ClientId = v.pipe(id, v.brand('ClientId'));
export type ClientId = v.InferOutput<typeof ClientId>;
