/**
 * One account's user agent: JsSIP's over our wire. It carries out single attempts; when the next one is due
 * is decided above, so JsSIP's own reconnecting and registering are switched off.
 *
 *   idle ──attempt──► connecting ──connected──► connected (registers) ──lost──► idle
 *                          └────────failed────► idle
 */
import { createHash } from 'node:crypto';
import type RTCSession from 'jssip/lib/RTCSession.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import UA, { type JsMessage } from 'jssip/lib/UA.js';
import { isEncrypted } from '../../../common/model/account.ts';
import { assertNever } from '../../../common/model/assert-never.ts';
import { domainOf, userOf } from '../../../common/model/address-of-record.ts';
import type { Failure } from '../../../common/model/failure.ts';
import type {
  MessageOutcome,
  OutgoingMessage,
  PublicationOutcome,
  PublicationRequest,
  Session,
  SessionEvents,
  SessionRequest,
  SessionVerdict,
  SipAccount,
  Subscription,
  SubscriptionEvents,
  SubscriptionRequest,
  UserAgent,
  UserAgentEvents,
} from '../../ports/sip-stack.ts';
import { routeOf, transportParameter } from './route.ts';
import { OFFLINE } from '../failure-mapping.ts';
import { iceServersOf } from '../media-seam/ice-servers.ts';
import { receiveMessage } from '../messages/incoming-message.ts';
import { sendMessage } from '../messages/outgoing-message.ts';
import { publish } from '../events/publish.ts';
import { Binding } from './binding.ts';
import { targetUri } from '../requests/request.ts';
import { senderOf } from '../requests/sender.ts';
import { KnownWays } from '../sessions/known-ways.ts';
import { isAnswerable, waysOf } from '../sessions/media-way.ts';
import { SipSession, type SessionContext } from '../sessions/session.ts';
import { hasVideo } from '../sessions/session-description.ts';
import type { SipStackContext } from './stack-context.ts';
import { SipSubscription } from '../events/subscription.ts';
import { Wire } from '../wire/wire.ts';

/** JsSIP would refuse an unanswered call after a minute; that is the caller's, the proxy's and the user's business. */
const NO_ANSWER_SECONDS = 600;

export class SipUserAgent implements UserAgent {
  private readonly account: SipAccount;
  private readonly events: UserAgentEvents;
  private readonly context: SipStackContext;
  private readonly ownDomain: string;
  private readonly wire: Wire;
  private readonly userAgent: UA;
  private readonly binding: Binding;
  private readonly sessions = new Set<SipSession>();
  private readonly subscriptions = new Set<SipSubscription>();
  private readonly knownWays: KnownWays;
  private isConnecting = false;
  private isClosed = false;
  /** What running calls have to tell the far side once we are registered again. */
  private refreshDue: 'nothing' | 'contact' | 'contact-and-candidates' = 'nothing';

  /** Throws where no user agent can be made from the settings. */
  constructor(account: SipAccount, events: UserAgentEvents, context: SipStackContext) {
    const { settings } = account;
    this.account = account;
    this.events = events;
    this.context = context;
    this.knownWays = new KnownWays(context.clock);
    this.ownDomain = domainOf(settings.addressOfRecord);
    const { endpoint, routeUri, isPreloaded } = routeOf(settings);
    const instanceId = uuidOf(account.instanceId);
    // The same for as long as the account exists, so that a registrar replaces our binding and keeps no old ones.
    const contactUser = createHash('sha256').update(`contact ${account.instanceId}`).digest('hex').slice(0, 16);
    const placeholderHost = `${createHash('sha256').update(`host ${account.instanceId}`).digest('hex').slice(0, 20)}.invalid`;
    const isTalking = (): boolean => this.sessions.size > 0;
    this.wire = new Wire({ endpoint, placeholderHost, routeUri, isTalking }, context, context.openSocket);
    this.userAgent = new UA({
      sockets: this.wire,
      uri: `sip:${userOf(settings.addressOfRecord)}@${this.ownDomain}`,
      contact_uri: `sip:${contactUser}@${placeholderHost};transport=${transportParameter(settings.transport)}`,
      display_name: settings.displayName,
      authorization_user: settings.authenticationName ?? decodedUser(userOf(settings.addressOfRecord)),
      password: account.password,
      instance_id: instanceId,
      register: false,
      session_timers: false,
      use_preloaded_route: isPreloaded,
      no_answer_timeout: NO_ANSWER_SECONDS,
      user_agent: 'Ahoy',
    });
    this.userAgent.transport._reconnect = () => undefined;
    this.binding = new Binding(
      this.userAgent,
      context.clock,
      context.random,
      { instanceId, expiresSeconds: settings.expiresSeconds, contactAddress: () => this.wire.contactAddress },
      {
        registered: (expiresInSeconds) => this.registered(expiresInSeconds),
        refreshing: () => this.events.refreshing(),
        failed: (failure, retryAfterSeconds) => {
          if (!this.isClosed) this.events.registrationFailed(failure, retryAfterSeconds);
        },
      },
    );
    this.listen();
  }

  attempt(): void {
    if (this.isClosed) return;
    const { transport } = this.userAgent;
    if (transport.isConnected()) this.binding.registerNow();
    else this.connect();
  }

  reconnect(): void {
    if (this.isClosed) return;
    this.refreshDue = 'contact-and-candidates';
    this.disconnect();
    this.connect();
  }

  async unregister(): Promise<void> {
    await this.within(this.context.times.leaveMs, this.binding.remove());
    this.disconnect();
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const session of [...this.sessions]) session.close();
    for (const subscription of [...this.subscriptions]) subscription.end();
    await this.within(this.context.times.leaveMs, Promise.all([this.binding.remove(), this.settled()]));
    this.disconnect();
    this.userAgent.removeAllListeners();
  }

  sendMessage(message: OutgoingMessage): Promise<MessageOutcome> {
    return sendMessage(this.userAgent, this.ownDomain, message);
  }

  publish(publication: PublicationRequest): Promise<PublicationOutcome> {
    return publish(this.userAgent, publication);
  }

  subscribe(request: SubscriptionRequest, events: SubscriptionEvents): Subscription {
    const subscription = new SipSubscription(this.userAgent, request, events, {
      clock: this.context.clock,
      ownDomain: this.ownDomain,
      lastNotifyMs: this.context.times.lastNotifyMs,
      over: (ended) => void this.subscriptions.delete(ended),
    });
    this.subscriptions.add(subscription);
    subscription.start();
    return subscription;
  }

  placeCall(request: SessionRequest, events: SessionEvents): Session {
    const session = new SipSession(request.legId, events, this.sessionContext());
    this.sessions.add(session);
    void session.place(
      request.video,
      this.knownWays.inOrder(request.to, this.context.gateway === undefined ? ['browser'] : waysOf(this.account.settings)),
      (options) => this.call(request, options),
      (way) => {
        this.knownWays.took(request.to, way);
      },
    );
    return session;
  }

  private connect(): void {
    this.isConnecting = true;
    this.userAgent.transport.connect();
  }

  /** Drops the connection without an event; what depended on it learns that it is gone. */
  private disconnect(): void {
    this.isConnecting = false;
    const { transport } = this.userAgent;
    if (transport.isConnected() || transport.isConnecting()) transport.disconnect();
    this.forgetConnection();
  }

  private forgetConnection(): void {
    this.binding.forget();
    for (const subscription of [...this.subscriptions]) subscription.connectionLost();
    for (const session of [...this.sessions]) session.connectionLost();
  }

  private listen(): void {
    const { userAgent } = this;
    userAgent.on('connected', () => {
      this.isConnecting = false;
      if (!this.isClosed) this.binding.register();
    });
    userAgent.on('disconnected', ({ error }: { error: boolean }) => {
      // Disconnections of our own are handled where they are made.
      if (!error) return;
      const wasConnecting = this.isConnecting;
      this.isConnecting = false;
      this.forgetConnection();
      if (this.isClosed) return;
      const failure = this.wire.lastFailure;
      if (wasConnecting) this.events.registrationFailed(failure, null);
      else {
        if (this.refreshDue === 'nothing') this.refreshDue = 'contact';
        this.events.transportLost(failure);
      }
    });
    userAgent.on('newMessage', ({ originator, message, request }: { originator: string; message: JsMessage; request: IncomingRequest }) => {
      if (originator === 'remote')
        receiveMessage(
          message,
          request,
          senderOf(request, this.account.settings),
          (received) => this.events.messageReceived(received),
          this.context.logger,
        );
    });
    userAgent.on(
      'newRTCSession',
      ({ originator, session, request }: { originator: string; session: RTCSession; request: IncomingRequest }) => {
        if (originator === 'remote') this.receiveSession(session, request);
      },
    );
  }

  private registered(expiresInSeconds: number): void {
    if (this.isClosed) return;
    this.events.registered(expiresInSeconds);
    const due = this.refreshDue;
    this.refreshDue = 'nothing';
    if (due !== 'nothing') for (const session of [...this.sessions]) session.connectionReplaced(due === 'contact-and-candidates');
  }

  private call(request: SessionRequest, options: Record<string, unknown>): RTCSession | Failure {
    if (this.isClosed || !this.userAgent.transport.isConnected()) return OFFLINE;
    try {
      return this.userAgent.call(targetUri(request.to, this.ownDomain), options);
    } catch (error) {
      this.context.logger.error('a call could not be made', { error: String(error) });
      return { code: 'internal', detail: String(error).slice(0, 200) };
    }
  }

  private receiveSession(session: RTCSession, request: IncomingRequest): void {
    const sender = senderOf(request, this.account.settings);
    if (!sender || this.isClosed) {
      session.terminate({ status_code: sender ? 480 : 400 });
      return;
    }
    const rung = new Set<SipSession>();
    let verdict: SessionVerdict;
    try {
      verdict = this.events.sessionReceived({
        ...sender,
        offersVideo: hasVideo(request.body),
        isAnswerable: isAnswerable(request.body ?? '', waysOf(this.account.settings), this.context.gateway ?? null),
        ring: (legId, events) => {
          const made = new SipSession(legId, events, this.sessionContext());
          this.sessions.add(made);
          rung.add(made);
          made.attach(session);
          return made;
        },
      });
    } catch (error) {
      this.context.logger.error('a received call could not be judged', {
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      session.terminate({ status_code: 500 });
      return;
    }
    switch (verdict) {
      case 'ringing':
        if (rung.size === 0) session.terminate({ status_code: 480 });
        return;
      case 'busy':
        session.terminate({ status_code: 486 });
        return;
      case 'unavailable':
        session.terminate({ status_code: 480 });
        return;
      case 'not-acceptable':
        session.terminate({ status_code: 488 });
        return;
      case 'refused':
        session.terminate({ status_code: 603 });
        return;
      default:
        assertNever(verdict);
    }
  }

  private sessionContext(): SessionContext {
    const { mediaPeer, gateway, clock, random, logger, times } = this.context;
    return {
      mediaPeer,
      gateway: gateway ?? null,
      isSignallingSecure: isEncrypted(this.account.settings.transport),
      mediaAddress: () => this.wire.mediaAddress,
      clock,
      random,
      logger,
      gatheringMs: times.gatheringMs,
      iceServers: iceServersOf(this.account),
      dtmf: this.account.settings.dtmf,
      over: (session) => void this.sessions.delete(session),
    };
  }

  /** Resolves when none of our requests waits for its answer: the BYEs have arrived. */
  private settled(): Promise<void> {
    const isSettled = (): boolean => Object.keys(this.userAgent._transactions.nict).length === 0;
    if (isSettled() || !this.userAgent.transport.isConnected()) return Promise.resolve();
    return new Promise((resolve) => {
      this.userAgent.on('transactionDestroyed', () => {
        if (isSettled()) resolve();
      });
    });
  }

  private within(limitMs: number, work: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.context.clock.after(limitMs, resolve);
      void work.finally(() => {
        cancel();
        resolve();
      });
    });
  }
}

/** An instance id must be a UUID (RFC 5626 §4.1); another identity is made into one, always the same. */
function uuidOf(identity: string): string {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(identity)) return identity.toLowerCase();
  const hash = createHash('sha256').update(identity).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}

function decodedUser(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
