/**
 * Accounts: what the user configured, one user agent for each, and the truth about their registrations.
 * What arrives by a user agent (messages, sessions) goes on to the other domains through the hooks.
 */
import type { Account, AccountSettings, Registration } from '../../common/model/account.ts';
import { isUsable } from '../../common/model/account.ts';
import { failed, success, type Failure, type Outcome } from '../../common/model/failure.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { AccountRow, AccountStore } from '../ports/history-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import { SecretsClosed, type SecretStore } from '../ports/secret-store.ts';
import type {
  IncomingMessage,
  IncomingSession,
  MessageVerdict,
  SessionVerdict,
  SipStack,
  UserAgent,
  UserAgentEvents,
} from '../ports/sip-stack.ts';
import { createRegistrarLine, type RegistrarLine } from './registrar-line.ts';

export interface AccountsAdapters {
  readonly store: AccountStore;
  readonly secrets: SecretStore;
  readonly stack: SipStack;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

export interface AccountsHooks {
  changed(account: Account): void;
  removed(accountId: AccountId): void;
  /** The account can send requests from now on: after each registration that follows a time without. */
  usable(accountId: AccountId): void;
  /** It cannot any more, or its connection or user agent went away: what was subscribed over it is gone. May be called twice. */
  disconnected(accountId: AccountId): void;
  /** It signs out while its binding still stands: what was published for it is taken back first. Never rejects; bounded. */
  leaving(accountId: AccountId, userAgent: UserAgent): Promise<void>;
  messageReceived(accountId: AccountId, message: IncomingMessage): MessageVerdict;
  sessionReceived(accountId: AccountId, session: IncomingSession): SessionVerdict;
}

export interface NewAccount {
  readonly settings: AccountSettings;
  readonly password: string;
  readonly iceCredentials?: Readonly<Record<string, string>> | undefined;
  readonly isPractice?: boolean;
}

export interface Accounts {
  /** Starts registering what is stored. */
  start(): Promise<void>;
  all(): readonly Account[];
  userAgent(accountId: AccountId): UserAgent | null;
  isUsable(accountId: AccountId): boolean;
  add(account: NewAccount): Promise<Outcome<{ accountId: AccountId }>>;
  update(
    accountId: AccountId,
    change: { settings: AccountSettings; password?: string | undefined; iceCredentials?: Readonly<Record<string, string>> | undefined },
  ): Promise<Outcome<null>>;
  remove(accountId: AccountId): Promise<Outcome<null>>;
  register(accountId: AccountId): Outcome<null>;
  setEnabled(accountId: AccountId, enabled: boolean): Promise<Outcome<null>>;
  /** Passwords can be read now: accounts that waited for theirs register. */
  secretsOpened(): Promise<void>;
  /** Every kept password was forgotten; accounts say so by being refused, until they are given one again. */
  secretsForgotten(): Promise<void>;
  /** The network changed, or the machine woke up. */
  networkChanged(): void;
  /** The machine is about to sleep: bindings are removed as far as there is time; `networkChanged` ends it. */
  suspend(): Promise<void>;
  /** Unregisters everything, bounded by what each user agent needs (two seconds). */
  stop(): Promise<void>;
}

interface Entry {
  row: AccountRow;
  userAgent: UserAgent | null;
  readonly line: RegistrarLine;
}

const COLOURS = 8;

interface Secrets {
  readonly password: string;
  readonly iceCredentials: Readonly<Record<string, string>>;
}

const NO_SECRETS: Secrets = { password: '', iceCredentials: {} };

export function createAccounts(adapters: AccountsAdapters, hooks: AccountsHooks): Accounts {
  const { store, secrets, stack, clock, random, logger } = adapters;
  const entries = new Map<AccountId, Entry>();
  let stopped = false;

  /** Passwords of the practice account: another at each start, and nobody's secret. */
  const passing = new Map<AccountId, Secrets>();
  const secretName = (id: AccountId): string => `account-${id}`;

  function toAccount(entry: Entry): Account {
    const { id, settings, hasPassword, colour, isPractice } = entry.row;
    return { id, settings, hasPassword, colour, isPractice, registration: entry.line.registration() };
  }

  function makeEntry(row: AccountRow): Entry {
    const line = createRegistrarLine(
      clock,
      random,
      (now, wasUsable) => {
        registrationChanged(entry, now, wasUsable);
      },
      () => {
        if (entry.userAgent && !stopped) line.attemptNow(entry.userAgent);
      },
    );
    const entry: Entry = { row, userAgent: null, line };
    entries.set(row.id, entry);
    return entry;
  }

  function registrationChanged(entry: Entry, now: Registration, wasUsable: boolean): void {
    logger.info('registration', { account: entry.row.id, state: now.state, failure: now.failure?.code, status: now.failure?.status });
    hooks.changed(toAccount(entry));
    if (isUsable(now) && !wasUsable) hooks.usable(entry.row.id);
    else if (!isUsable(now) && wasUsable) hooks.disconnected(entry.row.id);
  }

  async function keepSecrets(id: AccountId, isPractice: boolean, held: Secrets): Promise<void> {
    if (isPractice) passing.set(id, held);
    else await secrets.set(secretName(id), JSON.stringify(held));
  }

  async function readSecrets(id: AccountId): Promise<Secrets> {
    const passed = passing.get(id);
    if (passed) return passed;
    const text = await secrets.get(secretName(id));
    if (text === null) return NO_SECRETS;
    return JSON.parse(text) as Secrets;
  }

  function open(entry: Entry, held: Secrets): void {
    const { id, settings, instanceId, unusableSettings } = entry.row;
    const { line } = entry;
    if (unusableSettings.length > 0) {
      refuse(entry, { code: 'settings-unusable', detail: unusableSettings.join(', ') });
      return;
    }
    const account = { id, settings, password: held.password, instanceId, iceCredentials: held.iceCredentials };
    const events: UserAgentEvents = {
      registered: (expiresInSeconds) => line.report({ kind: 'registered', expiresInSeconds }),
      refreshing: () => line.report({ kind: 'refreshing' }),
      registrationFailed: (failure, retryAfterSeconds) => line.report({ kind: 'failed', failure, retryAfterSeconds }),
      transportLost: (failure) => {
        line.report({ kind: 'transport-lost', failure });
        hooks.disconnected(id);
      },
      messageReceived: (message) => hooks.messageReceived(id, message),
      sessionReceived: (session) => hooks.sessionReceived(id, session),
    };
    try {
      entry.userAgent = stack.open(account, events);
      if (!stopped) line.attemptNow(entry.userAgent);
    } catch (error) {
      // JsSIP's grammar is narrower than our schema here and there. One account must not keep the others from starting.
      logger.error('an account could not be opened', { account: id, error: String(error) });
      entry.userAgent = null;
      refuse(entry, { code: 'settings-unusable', detail: String(error).slice(0, 200) });
    }
  }

  /** Says why the account is not opened; no attempt follows before its settings change. */
  function refuse(entry: Entry, failure: Failure): void {
    entry.line.report({ kind: 'attempt' });
    entry.line.report({ kind: 'failed', failure });
  }

  /** Opens with what is kept. Secrets that are closed must not keep the other accounts from starting. */
  async function openStored(entry: Entry): Promise<void> {
    let held: Secrets;
    try {
      held = await readSecrets(entry.row.id);
    } catch (error) {
      const closed = error instanceof SecretsClosed;
      if (!closed) logger.error('the password of an account could not be read', { account: entry.row.id, error: String(error) });
      refuse(entry, closed ? { code: 'secrets-locked' } : { code: 'credentials-refused', detail: 'the stored password could not be read' });
      return;
    }
    // It may have been removed, disabled or opened while the password was read.
    if (entries.get(entry.row.id) === entry && entry.row.settings.enabled && entry.userAgent === null && !stopped) open(entry, held);
  }

  /** What the secrets refuse because they are closed is the user's to mend, and no defect. */
  async function whileOpen<T>(action: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof SecretsClosed) return failed('secrets-locked');
      throw error;
    }
  }

  /** The account is off from this moment; resolves when what was published for it is taken back. */
  async function leave({ row, line }: Entry, userAgent: UserAgent | null): Promise<void> {
    const wasUsable = isUsable(line.registration());
    line.stop();
    line.report({ kind: 'disabled' });
    hooks.disconnected(row.id);
    if (userAgent && wasUsable) await hooks.leaving(row.id, userAgent);
  }

  async function closeEntry(entry: Entry): Promise<void> {
    const { userAgent } = entry;
    entry.userAgent = null;
    await leave(entry, userAgent);
    await userAgent?.close();
  }

  async function reopen(entry: Entry): Promise<void> {
    await closeEntry(entry);
    if (entry.row.settings.enabled) await openStored(entry);
    hooks.changed(toAccount(entry));
  }

  function freeColour(): number {
    const used = new Set([...entries.values()].map((entry) => entry.row.colour));
    for (let colour = 0; colour < COLOURS; colour += 1) if (!used.has(colour)) return colour;
    return entries.size % COLOURS;
  }

  // Listed from the first moment: a window that asks before passwords can be read must not offer to sign in.
  for (const row of store.all()) makeEntry(row);

  return {
    async start() {
      for (const entry of entries.values()) {
        // The practice account waits for its exchange, whose port is another after each start.
        if (entry.row.settings.enabled && !entry.row.isPractice) await openStored(entry);
      }
    },
    all: () => [...entries.values()].map(toAccount),
    userAgent: (accountId) => entries.get(accountId)?.userAgent ?? null,
    isUsable(accountId) {
      const entry = entries.get(accountId);
      return entry !== undefined && isUsable(entry.line.registration());
    },
    add: (account) =>
      whileOpen(async () => {
        const taken = [...entries.values()].some((entry) => entry.row.settings.addressOfRecord === account.settings.addressOfRecord);
        if (taken) return failed('conflict', { detail: 'there is an account with this address already' });
        const id = random.id() as AccountId;
        const held: Secrets = { password: account.password, iceCredentials: account.iceCredentials ?? {} };
        await keepSecrets(id, account.isPractice ?? false, held);
        const row: AccountRow = {
          id,
          settings: account.settings,
          hasPassword: account.password !== '',
          colour: freeColour(),
          isPractice: account.isPractice ?? false,
          instanceId: random.id(),
          unusableSettings: [],
        };
        store.save(row);
        const entry = makeEntry(row);
        hooks.changed(toAccount(entry));
        if (row.settings.enabled) open(entry, held);
        return success({ accountId: id });
      }),
    update: (accountId, change) =>
      whileOpen(async () => {
        const entry = entries.get(accountId);
        if (!entry) return failed('not-found');
        const held = entry.row.isPractice ? NO_SECRETS : await readSecrets(accountId);
        const next: Secrets = { password: change.password ?? held.password, iceCredentials: change.iceCredentials ?? held.iceCredentials };
        await keepSecrets(accountId, entry.row.isPractice, next);
        entry.row = { ...entry.row, settings: change.settings, hasPassword: next.password !== '', unusableSettings: [] };
        store.save(entry.row);
        await reopen(entry);
        return success(null);
      }),
    async remove(accountId) {
      const entry = entries.get(accountId);
      if (!entry) return failed('not-found');
      await closeEntry(entry);
      entries.delete(accountId);
      store.remove(accountId);
      passing.delete(accountId);
      await secrets.remove(secretName(accountId));
      hooks.removed(accountId);
      return success(null);
    },
    register(accountId) {
      const entry = entries.get(accountId);
      if (!entry) return failed('not-found');
      if (!entry.userAgent)
        return { ok: false, failure: entry.line.registration().failure ?? { code: 'conflict', detail: 'the account is disabled' } };
      entry.line.attemptNow(entry.userAgent);
      return success(null);
    },
    async setEnabled(accountId, enabled) {
      const entry = entries.get(accountId);
      if (!entry) return failed('not-found');
      if (entry.row.settings.enabled === enabled) return success(null);
      entry.row = { ...entry.row, settings: { ...entry.row.settings, enabled } };
      store.save(entry.row);
      await reopen(entry);
      return success(null);
    },
    async secretsOpened() {
      for (const entry of entries.values())
        if (entry.userAgent === null && entry.row.settings.enabled && !entry.row.isPractice) await openStored(entry);
    },
    async secretsForgotten() {
      for (const entry of entries.values()) {
        if (entry.row.isPractice) continue;
        entry.row = { ...entry.row, hasPassword: false };
        store.save(entry.row);
        await reopen(entry);
      }
    },
    networkChanged() {
      for (const entry of entries.values()) if (entry.userAgent) entry.line.reconnectNow(entry.userAgent);
    },
    async suspend() {
      await Promise.all(
        [...entries.values()].map(async (entry) => {
          const { userAgent } = entry;
          await leave(entry, userAgent);
          await userAgent?.unregister();
        }),
      );
    },
    async stop() {
      stopped = true;
      await Promise.all(
        [...entries.values()].map(async (entry) => {
          entry.line.stop();
          await entry.userAgent?.close();
        }),
      );
    },
  };
}
