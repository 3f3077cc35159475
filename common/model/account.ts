/** An account is our configuration for one address-of-record, and the truth about its registration. */
import * as v from 'valibot';
import { AddressOfRecord, domainOf, type Home } from './address-of-record.ts';
import { Failure } from './failure.ts';
import { AccountId } from './ids.ts';
import { Region, systemRegion } from './phone-number.ts';
import { EpochMs } from './time.ts';

export const TransportKind = v.picklist(['udp', 'tcp', 'tls', 'ws', 'wss']);
export type TransportKind = v.InferOutput<typeof TransportKind>;

/** Whether nobody on the way to the server reads what is sent. */
export function isEncrypted(transport: TransportKind): boolean {
  return transport === 'tls' || transport === 'wss';
}

export const DtmfMode = v.picklist(['rfc4733', 'info']);
export type DtmfMode = v.InferOutput<typeof DtmfMode>;

/** What is written into a header is one line. */
const oneLine = (mostCharacters: number) => v.pipe(v.string(), v.maxLength(mostCharacters), v.regex(/^\P{Cc}*$/u));
const Host = v.pipe(v.string(), v.trim(), v.maxLength(255), v.regex(/^(?:[A-Za-z0-9.-]+|\[?[0-9A-Fa-f:.]+\]?)$/));
const Port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535));
const IceUrl = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(300),
  v.regex(/^(?:stuns?|turns?):(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/i),
);

/** A SIP URI without headers, as a Route carries it. */
const ProxyUri = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(
    /^sips?:(?:[A-Za-z0-9\-_.!~*'()&=+$,%]+@)?(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:;[A-Za-z0-9\-_.!~*'()%+]+(?:=[A-Za-z0-9\-_.!~*'()%+[\]/:&$]+)?)*$/i,
  ),
);

/** A STUN or TURN server; the TURN password is kept with the account's secrets. */
const IceServer = v.strictObject({
  url: IceUrl,
  username: v.optional(v.pipe(v.string(), v.maxLength(256))),
});
export type IceServer = v.InferOutput<typeof IceServer>;

/**
 * automatic: encrypted where the other side can, and otherwise not, which the lock says. required: never without.
 * webrtc-only: as browsers do it, by keys that only the two ends have.
 */
const MediaEncryption = v.picklist(['automatic', 'required', 'webrtc-only']);
export type MediaEncryption = v.InferOutput<typeof MediaEncryption>;

/** What a person can set. Everything but the address has a working default. */
export const AccountSettings = v.strictObject({
  addressOfRecord: AddressOfRecord,
  displayName: v.optional(oneLine(120), ''),
  /** The name in digest credentials; null: the user part of the address. */
  authenticationName: v.optional(v.nullable(v.pipe(oneLine(256), v.minLength(1))), null),
  transport: v.optional(TransportKind, 'tls'),
  /** Where to connect; null: the domain of the address. */
  server: v.optional(v.nullable(Host), null),
  /** null: that of the transport. */
  port: v.optional(v.nullable(Port), null),
  /** Path of the WebSocket address, with its query; a WebSocket has no fragment (RFC 6455 §3). */
  webSocketPath: v.optional(v.pipe(v.string(), v.maxLength(200), v.regex(/^\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*$/)), '/'),
  /** A SIP URI that every request is routed by (RFC 3261 §8.1.2); null: none. */
  outboundProxy: v.optional(v.nullable(ProxyUri), null),
  iceServers: v.optional(v.pipe(v.array(IceServer), v.maxLength(8)), []),
  dtmf: v.optional(DtmfMode, 'rfc4733'),
  mediaEncryption: v.optional(MediaEncryption, 'automatic'),
  /** Whether what the server says of who writes or calls (P-Asserted-Identity) takes the place of what they say themselves. */
  assertedIdentity: v.optional(v.picklist(['from-own-server', 'always', 'never']), 'from-own-server'),
  /** Path of a PEM file with certificate authorities that this account trusts beside the system's. */
  certificateAuthorityFile: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))), null),
  /** The country whose numbers are dialled by this account; null: that of the computer's language settings. */
  region: v.optional(v.nullable(Region), null),
  /** Registration lifetime asked for, in seconds. */
  expiresSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(30), v.maxValue(86400)), 600),
  enabled: v.optional(v.boolean(), true),
});
export type AccountSettings = v.InferOutput<typeof AccountSettings>;

export const RegistrationState = v.picklist(['unregistered', 'registering', 'registered', 'refreshing', 'refused', 'unreachable']);
export type RegistrationState = v.InferOutput<typeof RegistrationState>;

export const Registration = v.strictObject({
  state: RegistrationState,
  sinceMs: EpochMs,
  /** Why it is refused or unreachable; null otherwise. */
  failure: v.nullable(Failure),
  /** When the next attempt starts by itself; null where none is due. */
  nextAttemptAtMs: v.nullable(EpochMs),
  /** When the present binding ends unless refreshed; null where there is none. */
  expiresAtMs: v.nullable(EpochMs),
});
export type Registration = v.InferOutput<typeof Registration>;

export const AccountColour = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7));

export const Account = v.strictObject({
  id: AccountId,
  settings: AccountSettings,
  hasPassword: v.boolean(),
  /** Index into the palette. */
  colour: AccountColour,
  /** Made by "Try it without an account"; removed with the practice exchange. */
  isPractice: v.boolean(),
  registration: Registration,
});
export type Account = v.InferOutput<typeof Account>;

/** Where a server listens that names no port (RFC 3261 §19.1.2, RFC 7118 §8). */
export const DEFAULT_PORTS: Readonly<Record<TransportKind, number>> = { udp: 5060, tcp: 5060, tls: 5061, ws: 80, wss: 443 };

/**
 * By which account somebody is reached where none is named: the one last used with them, else the one of their domain,
 * else one that can send now, the practice exchange's last. The one rule for calls, chats and what is shown of either.
 */
export function accountFor(accounts: readonly Account[], address: AddressOfRecord | null, lastUsed: AccountId | null): Account | null {
  const enabled = accounts.filter((account) => account.settings.enabled);
  const domain = address === null ? '' : domainOf(address);
  return (
    enabled.find((account) => account.id === lastUsed) ??
    enabled.find((account) => domain !== '' && domainOf(account.settings.addressOfRecord) === domain) ??
    enabled.find((account) => isUsable(account.registration) && !account.isPractice) ??
    enabled.find((account) => isUsable(account.registration)) ??
    enabled[0] ??
    null
  );
}

/** Where a name or number belongs that is typed to be reached by this account; nowhere without one. */
export function homeOf(account: Account | null): Home {
  if (account === null) return { domain: '', region: systemRegion() };
  return { domain: domainOf(account.settings.addressOfRecord), region: account.settings.region ?? systemRegion() };
}

/** Whether requests can be sent by this account now. */
export function isUsable(registration: Registration): boolean {
  return registration.state === 'registered' || registration.state === 'refreshing';
}
