/** One side of a SIP conversation: a stack of its own, an account, and everything that happened to it. */
import { randomUUID } from 'node:crypto';
import type { AccountSettings, TransportKind } from '../../common/model/account.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Failure } from '../../common/model/failure.ts';
import type { MediaProtection } from '../../common/model/call.ts';
import type { AccountId, LegId } from '../../common/model/ids.ts';
import type { Clock } from '../../main/ports/clock.ts';
import type { Logger } from '../../main/ports/logger.ts';
import type { MediaGateway } from '../../main/ports/media-gateway.ts';
import type { IncomingMessage, IncomingSession, MessageVerdict, Session, SessionVerdict, UserAgent } from '../../main/ports/sip-stack.ts';
import { createSipStack } from '../../main/sip/jssip-stack.ts';
import type { OpenSocket } from '../../main/sip/sockets/open-socket.ts';
import type { Times } from '../../main/sip/times.ts';
import { hurriedClock } from './hurried-clock.ts';
import { FakeMediaPeer } from './fake-media-peer.ts';
import { Recorder } from './recorder.ts';

export type Fact =
  | { readonly kind: 'registered'; readonly seconds: number }
  | { readonly kind: 'refreshing' }
  | { readonly kind: 'registration-failed'; readonly failure: Failure; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'transport-lost'; readonly failure: Failure }
  | { readonly kind: 'message'; readonly message: IncomingMessage }
  | { readonly kind: 'session'; readonly session: IncomingSession };

export type CallFact =
  | { readonly kind: 'calling' }
  | { readonly kind: 'ringing'; readonly earlyMedia: boolean }
  | { readonly kind: 'answered'; readonly video: boolean }
  | { readonly kind: 'hold'; readonly byUs: boolean; readonly byThem: boolean }
  | { readonly kind: 'camera'; readonly on: boolean; readonly failure: Failure | null }
  | { readonly kind: 'video'; readonly video: boolean }
  | { readonly kind: 'renegotiation-failed'; readonly failure: Failure }
  | { readonly kind: 'dtmf'; readonly tone: string }
  | { readonly kind: 'protection'; readonly protection: MediaProtection }
  | { readonly kind: 'transfer'; readonly to: AddressOfRecord | null }
  | { readonly kind: 'replacement'; readonly by: AddressOfRecord | null }
  | { readonly kind: 'ended'; readonly failure: Failure | null; readonly byUs: boolean };

export interface CallRecord {
  readonly legId: LegId;
  readonly session: Session;
  readonly facts: Recorder<CallFact>;
  /** Waits for the first fact of that kind. */
  until<K extends CallFact['kind']>(kind: K, nth?: number): Promise<Extract<CallFact, { kind: K }>>;
}

export interface Side {
  readonly userAgent: UserAgent;
  readonly facts: Recorder<Fact>;
  readonly media: FakeMediaPeer;
  readonly warnings: string[];
  readonly address: AddressOfRecord;
  messageVerdict: MessageVerdict;
  sessionVerdict: SessionVerdict;
  /** Incoming calls, as they were taken. */
  readonly incoming: Recorder<CallRecord>;
  until<K extends Fact['kind']>(kind: K, nth?: number): Promise<Extract<Fact, { kind: K }>>;
  register(): Promise<void>;
  call(to: string, video?: boolean): CallRecord;
}

export interface SideOptions {
  readonly user?: string;
  readonly openSocket?: OpenSocket | undefined;
  readonly transport?: TransportKind;
  readonly settings?: Partial<AccountSettings>;
  readonly password?: string;
  readonly clock?: Clock;
  readonly gateway?: MediaGateway;
  readonly times?: Partial<Times>;
}

export function settingsOf(user: string, transport: TransportKind, more: Partial<AccountSettings> = {}): AccountSettings {
  return {
    addressOfRecord: `sip:${user}@sip.test` as AddressOfRecord,
    displayName: '',
    authenticationName: null,
    transport,
    server: '127.0.0.1',
    port: 5060,
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
    ...more,
  };
}

export function openSide(options: SideOptions = {}): Side {
  const user = options.user ?? 'alice';
  const media = new FakeMediaPeer();
  const facts = new Recorder<Fact>();
  const incoming = new Recorder<CallRecord>();
  const warnings: string[] = [];
  const log = (level: string) => (message: string, details?: Readonly<Record<string, unknown>>) => {
    if (level !== 'debug' && level !== 'info') warnings.push(`${level}: ${message} ${JSON.stringify(details ?? {})}`);
  };
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  const stack = createSipStack({
    mediaPeer: media,
    ...(options.gateway ? { gateway: options.gateway } : {}),
    clock: options.clock ?? hurriedClock(10),
    random: { id: () => randomUUID(), fraction: () => Math.random() },
    logger,
    ...(options.times ? { times: options.times } : {}),
    ...(options.openSocket ? { openSocket: options.openSocket } : {}),
  });
  const settings = settingsOf(user, options.transport ?? 'tcp', options.settings);
  const userAgent = stack.open(
    { id: user as AccountId, settings, password: options.password ?? 'secret', instanceId: randomUUID(), iceCredentials: {} },
    {
      registered: (seconds) => facts.add({ kind: 'registered', seconds }),
      refreshing: () => facts.add({ kind: 'refreshing' }),
      registrationFailed: (failure, retryAfterSeconds = null) => facts.add({ kind: 'registration-failed', failure, retryAfterSeconds }),
      transportLost: (failure) => facts.add({ kind: 'transport-lost', failure }),
      messageReceived: (message) => {
        facts.add({ kind: 'message', message });
        return side.messageVerdict;
      },
      sessionReceived: (session) => {
        if (side.sessionVerdict === 'ringing') incoming.add(recorded((legId, events) => session.ring(legId, events)));
        facts.add({ kind: 'session', session });
        return side.sessionVerdict;
      },
    },
  );
  const side: Side = {
    userAgent,
    facts,
    media,
    warnings,
    address: settings.addressOfRecord,
    messageVerdict: 'stored',
    sessionVerdict: 'ringing',
    incoming,
    until: (kind, nth = 1) => nthOf(facts, kind, nth),
    async register() {
      userAgent.attempt();
      const fact = await facts.until(({ kind }) => kind === 'registered' || kind === 'registration-failed', 'a registration');
      if (fact.kind !== 'registered') throw new Error(JSON.stringify(fact));
    },
    call: (to, video = false) => recorded((legId, events) => userAgent.placeCall({ legId, to: to as AddressOfRecord, video }, events)),
  };
  return side;
}

function recorded(make: (legId: LegId, events: Parameters<UserAgent['placeCall']>[1]) => Session): CallRecord {
  const legId = randomUUID() as LegId;
  const facts = new Recorder<CallFact>();
  const session = make(legId, {
    calling: () => facts.add({ kind: 'calling' }),
    ringing: (earlyMedia) => facts.add({ kind: 'ringing', earlyMedia }),
    answered: (video) => facts.add({ kind: 'answered', video }),
    holdChanged: (byUs, byThem) => facts.add({ kind: 'hold', byUs, byThem }),
    renegotiationFailed: (failure) => facts.add({ kind: 'renegotiation-failed', failure }),
    cameraChanged: (on, failure) => facts.add({ kind: 'camera', on, failure }),
    videoChanged: (video) => facts.add({ kind: 'video', video }),
    protectionChanged: (protection) => facts.add({ kind: 'protection', protection }),
    dtmfReceived: (tone) => facts.add({ kind: 'dtmf', tone }),
    transferRequested: (to) => {
      facts.add({ kind: 'transfer', to });
      return 'declined';
    },
    replacementRequested: (by) => {
      facts.add({ kind: 'replacement', by });
      return 'declined';
    },
    ended: (failure, byUs) => facts.add({ kind: 'ended', failure, byUs }),
  });
  return { legId, session, facts, until: (kind, nth = 1) => nthOf(facts, kind, nth) };
}

async function nthOf<F extends { readonly kind: string }, K extends F['kind']>(
  facts: Recorder<F>,
  kind: K,
  nth: number,
): Promise<Extract<F, { kind: K }>> {
  const fact = await facts.until(
    (candidate) => candidate.kind === kind && facts.all.filter((other) => other.kind === kind).indexOf(candidate) === nth - 1,
    `${kind} number ${nth}`,
  );
  return fact as Extract<F, { kind: K }>;
}
