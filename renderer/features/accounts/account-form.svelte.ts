/**
 * What is typed into the sign-in sheet, as text, and how it becomes settings. Nothing typed is ever lost:
 * a refusal leaves every field as it was.
 */
import * as v from 'valibot';
import { AccountSettings, type Account, type TransportKind } from '../../../common/model/account.ts';
import { parseAddressOfRecord } from '../../../common/model/address-of-record.ts';
import { m } from '../../../common/text/generated/messages.js';

export type FieldName =
  | 'address'
  | 'password'
  | 'displayName'
  | 'server'
  | 'port'
  | 'webSocketPath'
  | 'outboundProxy'
  | 'iceServers'
  | 'authenticationName'
  | 'certificateAuthorityFile'
  | 'expiresSeconds';

export type FieldErrors = Partial<Record<FieldName, string>>;

const advanced: readonly FieldName[] = [
  'displayName',
  'server',
  'port',
  'webSocketPath',
  'outboundProxy',
  'iceServers',
  'authenticationName',
  'certificateAuthorityFile',
  'expiresSeconds',
];

const MAX_ICE_SERVERS = 8;

export class AccountForm {
  address = $state('');
  password = $state('');
  displayName = $state('');
  transport = $state<TransportKind>('tls');
  server = $state('');
  port = $state('');
  webSocketPath = $state('/');
  outboundProxy = $state('');
  iceServers = $state('');
  turnUserName = $state('');
  turnPassword = $state('');
  authenticationName = $state('');
  dtmfByInfo = $state(false);
  mediaEncryption = $state<AccountSettings['mediaEncryption']>('automatic');
  assertedIdentity = $state<AccountSettings['assertedIdentity']>('from-own-server');
  certificateAuthorityFile = $state('');
  /** Empty: the computer's. */
  region = $state('');
  expiresSeconds = $state('600');
  errors = $state.raw<FieldErrors>({});
  readonly #enabled: boolean;
  readonly #hasPassword: boolean;

  constructor(account: Account | null = null) {
    this.#enabled = account?.settings.enabled ?? true;
    this.#hasPassword = account?.hasPassword ?? false;
    if (!account) return;
    const { settings } = account;
    this.address = settings.addressOfRecord.replace(/^sip:/, '');
    this.displayName = settings.displayName;
    this.transport = settings.transport;
    this.server = settings.server ?? '';
    this.port = settings.port === null ? '' : String(settings.port);
    this.webSocketPath = settings.webSocketPath;
    this.outboundProxy = settings.outboundProxy ?? '';
    this.iceServers = settings.iceServers.map((each) => each.url).join('\n');
    this.turnUserName = settings.iceServers.find((each) => each.username !== undefined)?.username ?? '';
    this.authenticationName = settings.authenticationName ?? '';
    this.dtmfByInfo = settings.dtmf === 'info';
    this.mediaEncryption = settings.mediaEncryption;
    this.assertedIdentity = settings.assertedIdentity;
    this.certificateAuthorityFile = settings.certificateAuthorityFile ?? '';
    this.region = settings.region ?? '';
    this.expiresSeconds = String(settings.expiresSeconds);
  }

  get overWebSocket(): boolean {
    return this.transport === 'ws' || this.transport === 'wss';
  }

  /** Whether a TURN server is listed: those alone want a user name and a password. */
  get hasTurn(): boolean {
    return urlsIn(this.iceServers).some(isTurn);
  }

  /** The TURN password by each server's URL; null where none was typed, which keeps the present one. */
  get iceCredentials(): Record<string, string> | null {
    if (this.turnPassword === '') return null;
    return Object.fromEntries(
      urlsIn(this.iceServers)
        .filter(isTurn)
        .map((url) => [url, this.turnPassword]),
    );
  }

  /** Whether a field under Advanced has to be seen because it is wrong. */
  get advancedHasError(): boolean {
    return advanced.some((name) => this.errors[name] !== undefined);
  }

  /** The settings that were typed, or null with `errors` set. */
  check(): AccountSettings | null {
    const errors: FieldErrors = {};
    const address = parseAddressOfRecord(this.address);
    if (!this.address.trim()) errors.address = m.error_address_missing();
    else if (!address || address.startsWith('tel:')) errors.address = m.error_address_form();
    if (!this.password && !this.#hasPassword) errors.password = m.error_password_missing();
    else if (this.password.length > 1024) errors.password = m.error_too_long();

    const urls = urlsIn(this.iceServers);
    const wrong = urls.find((url) => !/^(?:stuns?|turns?):\S+$/i.test(url));
    if (wrong !== undefined) errors.iceServers = m.error_ice_form({ url: wrong });
    else if (urls.length > MAX_ICE_SERVERS) errors.iceServers = m.error_ice_many();

    const candidate = {
      addressOfRecord: address ?? '',
      displayName: this.displayName.trim(),
      authenticationName: this.authenticationName.trim() || null,
      transport: this.transport,
      server: this.server.trim() || null,
      port: wholeNumber(this.port),
      webSocketPath: this.overWebSocket ? this.webSocketPath.trim() || '/' : '/',
      outboundProxy: this.outboundProxy.trim() || null,
      iceServers: urls.map((url) => (isTurn(url) && this.turnUserName.trim() ? { url, username: this.turnUserName.trim() } : { url })),
      dtmf: this.dtmfByInfo ? 'info' : 'rfc4733',
      mediaEncryption: this.mediaEncryption,
      assertedIdentity: this.assertedIdentity,
      certificateAuthorityFile: this.certificateAuthorityFile.trim() || null,
      region: this.region || null,
      expiresSeconds: wholeNumber(this.expiresSeconds) ?? 600,
      enabled: this.#enabled,
    };
    const parsed = v.safeParse(AccountSettings, candidate);
    for (const issue of parsed.issues ?? []) {
      const name = issue.path?.[0]?.key;
      const words = typeof name === 'string' ? fieldErrors[name] : undefined;
      if (words && errors[words[0]] === undefined) errors[words[0]] = words[1]();
    }
    this.errors = errors;
    return parsed.success && Object.keys(errors).length === 0 ? parsed.output : null;
  }

  /** A field that is being mended is no longer called wrong. */
  touch(name: FieldName): void {
    if (this.errors[name] === undefined) return;
    const { [name]: _, ...rest } = this.errors;
    this.errors = rest;
  }
}

const fieldErrors: Readonly<Record<string, readonly [FieldName, () => string]>> = {
  addressOfRecord: ['address', m.error_address_form],
  displayName: ['displayName', m.error_too_long],
  authenticationName: ['authenticationName', m.error_too_long],
  server: ['server', m.error_server_form],
  port: ['port', m.error_port_range],
  webSocketPath: ['webSocketPath', m.error_path_form],
  outboundProxy: ['outboundProxy', m.error_proxy_form],
  iceServers: ['iceServers', m.error_too_long],
  certificateAuthorityFile: ['certificateAuthorityFile', m.error_too_long],
  expiresSeconds: ['expiresSeconds', m.error_expires_range],
};

function urlsIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((url) => url !== '');
}

function isTurn(url: string): boolean {
  return /^turns?:/i.test(url);
}

/** Null for nothing; what is no number becomes NaN and is refused. */
function wholeNumber(text: string): number | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : /^\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}
