/** Ahoy's whole core without a host: real SIP over real sockets, a store of its own, and a program as its client. */
import { join } from 'node:path';
import { contract, type AhoyContract } from '../../common/contract/index.ts';
import type { Account, AccountSettings } from '../../common/model/account.ts';
import { parseAddressOfRecord, type AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { AccountId, ConversationId } from '../../common/model/ids.ts';
import type { Message } from '../../common/model/message.ts';
import type { Presentity } from '../../common/model/presence.ts';
import type { Call } from '../../common/model/call.ts';
import { createClient, type Client } from '../../common/transport/client.ts';
import { createApp, type App } from '../../main/app/app.ts';
import { openHistoryStore } from '../../main/history/open-history-store.ts';
import { createWorkerGateway } from '../../main/gateway/worker-gateway.ts';
import { createSipStack, type SipStackAdapters } from '../../main/sip/jssip-stack.ts';
import { noPageSessions } from '../../main/system/no-page-sessions.ts';
import { systemClock } from '../../main/system/system-clock.ts';
import { systemRandom } from '../../main/system/system-random.ts';
import { noAlerts, noDesktop } from '../../main/hosts/node/no-desktop.ts';
import { nodeHostCapabilities } from '../../main/hosts/node/node-host.ts';
import { createMemoryVault } from './memory-vault.ts';
import { memoryPair } from '../../common/transport/memory-pair.ts';
import { FakeMediaPeer } from './fake-media-peer.ts';
import { createKeptLogger, type KeptLogger } from './kept-logger.ts';

/** Everything that was told by events since the start, newest last. */
interface Told {
  readonly registrations: Account['registration'][];
  readonly messages: Message[];
  readonly presentities: Presentity[];
  readonly calls: Call[];
  readonly tones: string[];
}

export interface AhoyCore {
  readonly app: App;
  readonly client: Client<AhoyContract>;
  readonly media: FakeMediaPeer;
  readonly logger: KeptLogger;
  readonly told: Told;
  /** Adds an account; resolves with its id, registered or not. */
  addAccount(settings: Partial<AccountSettings> & { addressOfRecord: AddressOfRecord }, password: string): Promise<AccountId>;
  conversationWith(accountId: AccountId, peer: string): Promise<ConversationId>;
  /** All messages of a conversation, oldest first. */
  messagesOf(conversationId: ConversationId): Promise<readonly Message[]>;
  close(): Promise<void>;
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code} ${outcome.failure.status ?? ''} ${outcome.failure.detail ?? ''}`);
  return outcome.value;
}

export function address(text: string): AddressOfRecord {
  const parsed = parseAddressOfRecord(text);
  if (!parsed) throw new Error(`${text} is no address`);
  return parsed;
}

export async function startCore(folder: string, sip: Partial<SipStackAdapters> = {}): Promise<AhoyCore> {
  const media = new FakeMediaPeer();
  media.options.large = true;
  const logger = createKeptLogger();
  const gateway = createWorkerGateway(new URL('../../main/gateway/worker.ts', import.meta.url), logger);
  const app = createApp({
    store: openHistoryStore(join(folder, 'history.sqlite'), systemClock),
    secrets: createMemoryVault(),
    sipStack: () => createSipStack({ mediaPeer: media, gateway, clock: systemClock, random: systemRandom, logger, ...sip }),
    practice: { start: () => Promise.reject(new Error('no practice exchange here')), stop: () => Promise.resolve() },
    clock: systemClock,
    random: systemRandom,
    logger,
    windows: { openMain: () => false, openCall: () => false, openDial: () => false, showCard: () => undefined },
    alerts: noAlerts,
    desktop: noDesktop,
    pageSessions: noPageSessions,
    version: '0.0.0',
    // A program of the test answers calls.
    capabilities: { ...nodeHostCapabilities, incomingCard: true },
  });
  const { near, far } = memoryPair();
  app.connect(far, 'program');
  const client = createClient(contract, near, (what) => {
    throw new Error(what);
  });
  const told: Told = { registrations: [], messages: [], presentities: [], calls: [], tones: [] };
  client.listen('accounts.changed', ({ account }) => told.registrations.push(account.registration));
  client.listen('messaging.messageAdded', ({ message }) => told.messages.push(message));
  client.listen('presence.changed', ({ presentity }) => told.presentities.push(presentity));
  client.listen('calls.changed', ({ call }) => told.calls.push(call));
  client.listen('calls.dtmfReceived', ({ tone }) => told.tones.push(tone));
  await app.start();
  return {
    app,
    client,
    media,
    logger,
    told,
    async addAccount(settings, password) {
      return valueOf(await client.ask.accounts.add({ settings, password })).accountId;
    },
    async conversationWith(accountId, peer) {
      return valueOf(await client.ask.messaging.open({ accountId, peer: address(peer) })).conversation.id;
    },
    async messagesOf(conversationId) {
      const all: Message[] = [];
      let before: number | null = null;
      for (let pages = 0; pages < 1000; pages += 1) {
        const page: { messages: Message[]; hasMore: boolean } = valueOf(
          await client.ask.messaging.page({ conversationId, before, limit: 200 }),
        );
        all.unshift(...page.messages);
        before = page.messages[0]?.sequence ?? null;
        if (!page.hasMore) return all;
      }
      throw new Error('the conversation does not end');
    },
    close: () => app.stop(),
  };
}
