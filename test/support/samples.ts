/** Accounts, people, conversations and calls for tests of the renderer, from the practice colleagues and protocol names. */
import type { Account } from '../../common/model/account.ts';
import { parseAddressOfRecord, type AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Call, CallRecord } from '../../common/model/call.ts';
import type { AccountId, CallId, CallRecordId, ConversationId, MessageId, PersonId } from '../../common/model/ids.ts';
import type { Conversation, Message } from '../../common/model/message.ts';
import type { Person } from '../../common/model/person.ts';
import type { Presentity } from '../../common/model/presence.ts';

export const aliceAccountId = 'account-alice' as AccountId;

export function address(text: string): AddressOfRecord {
  const parsed = parseAddressOfRecord(text);
  if (!parsed) throw new Error(`no address: ${text}`);
  return parsed;
}

export function account(change: Partial<Account> = {}): Account {
  return {
    id: aliceAccountId,
    settings: {
      addressOfRecord: address('alice@example.org'),
      displayName: 'Alice',
      authenticationName: null,
      transport: 'tls',
      server: null,
      port: null,
      webSocketPath: '/',
      outboundProxy: null,
      iceServers: [],
      dtmf: 'rfc4733',
      mediaEncryption: 'automatic',
      assertedIdentity: 'from-own-server',
      certificateAuthorityFile: null,
      region: null,
      expiresSeconds: 600,
      enabled: true,
    },
    hasPassword: true,
    colour: 0,
    isPractice: false,
    registration: { state: 'registered', sinceMs: 1_000, failure: null, nextAttemptAtMs: null, expiresAtMs: null },
    ...change,
  };
}

export function person(name: string, at: string, change: Partial<Person> = {}): Person {
  return {
    id: `person-${name}` as PersonId,
    name,
    addresses: [{ address: address(at), label: '' }],
    favourite: false,
    isPractice: false,
    ...change,
  };
}

export function presentity(at: string, status: Presentity['status'], change: Partial<Presentity> = {}): Presentity {
  return { accountId: aliceAccountId, address: address(at), status, note: '', sinceMs: 1_000, failure: null, ...change };
}

export function conversation(peer: string, change: Partial<Conversation> = {}): Conversation {
  return {
    id: `conversation-${peer}` as ConversationId,
    accountId: aliceAccountId,
    peer: address(peer),
    peerDisplayName: '',
    lastMessage: null,
    unreadCount: 0,
    draft: '',
    muted: false,
    answered: true,
    changedAtMs: 1_000,
    ...change,
  };
}

export function message(conversationId: ConversationId, sequence: number, change: Partial<Message> = {}): Message {
  return {
    id: `message-${conversationId}-${sequence}` as MessageId,
    conversationId,
    direction: 'incoming',
    text: `message ${sequence}`,
    asserted: null,
    atMs: 1_700_000_000_000 + sequence * 1_000,
    sequence,
    state: change.direction === 'outgoing' ? 'sent' : 'received',
    failure: null,
    ...change,
  };
}

export function call(id: string, change: Partial<Call> = {}): Call {
  return {
    id: id as CallId,
    accountId: aliceAccountId,
    direction: 'incoming',
    peer: address('bob@example.org'),
    peerDisplayName: 'Bob',
    asserted: null,
    state: 'ringing',
    video: false,
    earlyMedia: false,
    heldByUs: false,
    heldByThem: false,
    muted: false,
    cameraOff: false,
    cameraFailure: null,
    renegotiating: false,
    protection: null,
    hasMediaOwner: false,
    startedAtMs: 1_000,
    answeredAtMs: null,
    endedAtMs: null,
    failure: null,
    ...change,
  };
}

export function callRecord(id: string, change: Partial<CallRecord> = {}): CallRecord {
  return {
    id: id as CallRecordId,
    accountId: aliceAccountId,
    direction: 'incoming',
    peer: address('bob@example.org'),
    peerDisplayName: 'Bob',
    video: false,
    outcome: 'answered',
    startedAtMs: 1_000,
    durationMs: 0,
    failure: null,
    unseen: false,
    count: 1,
    severalCallers: false,
    ...change,
  };
}
