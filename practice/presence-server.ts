/** The presence server of the practice exchange: PUBLISH in, NOTIFY out (RFC 3903, RFC 6665), all in memory. */
import { randomBytes } from 'node:crypto';
import { header, parameter, requestUri, respond, uriOf, userOfUri, type SipMessage } from './sip-message.ts';

interface Publication {
  readonly entityTag: string;
  readonly body: string;
  readonly endsAtMs: number;
}

interface Subscription {
  readonly watched: string;
  readonly send: (message: SipMessage) => void;
  readonly isOpen: () => boolean;
  /** The dialog from the notifier's side. */
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly target: string;
  cseq: number;
  endsAtMs: number;
}

export interface PresenceServer {
  publish(request: SipMessage): SipMessage;
  /** Answers, and sends the NOTIFY that must follow. */
  subscribe(request: SipMessage, send: (message: SipMessage) => void, isOpen: () => boolean): void;
  /** The exchange's own word for a colleague. */
  setDocument(user: string, body: string): void;
  sweep(): void;
}

const LONGEST_SECONDS = 3600;

export function createPresenceServer(address: () => string, domain: string): PresenceServer {
  const publications = new Map<string, Publication>();
  const subscriptions = new Map<string, Subscription>();

  function askedSeconds(request: SipMessage): number {
    const asked = Number(header(request, 'expires') ?? 600);
    return Number.isFinite(asked) ? Math.max(0, Math.min(LONGEST_SECONDS, asked)) : 600;
  }

  function notify(subscription: Subscription): void {
    const secondsLeft = Math.round((subscription.endsAtMs - Date.now()) / 1000);
    const live = secondsLeft > 0;
    const publication = publications.get(subscription.watched);
    const body = live && publication && publication.endsAtMs > Date.now() ? publication.body : '';
    subscription.cseq += 1;
    subscription.send({
      startLine: `NOTIFY ${subscription.target} SIP/2.0`,
      headers: [
        ['via', `SIP/2.0/WS ${address()};branch=z9hG4bK${randomBytes(8).toString('hex')}`],
        ['max-forwards', '70'],
        ['from', subscription.from],
        ['to', subscription.to],
        ['call-id', subscription.callId],
        ['cseq', `${subscription.cseq} NOTIFY`],
        ['contact', `<sip:presence@${address()};transport=ws>`],
        ['event', 'presence'],
        ['subscription-state', live ? `active;expires=${secondsLeft}` : 'terminated;reason=timeout'],
        ...(body === '' ? [] : ([['content-type', 'application/pidf+xml']] as [string, string][])),
      ],
      body,
    });
  }

  function tellWatchers(user: string): void {
    for (const [key, subscription] of subscriptions) {
      if (subscription.watched !== user) continue;
      if (subscription.isOpen()) notify(subscription);
      else subscriptions.delete(key);
    }
  }

  return {
    publish(request) {
      const user = userOfUri(requestUri(request));
      const seconds = askedSeconds(request);
      const asked = header(request, 'sip-if-match');
      const present = publications.get(user);
      const isLive = present !== undefined && present.endsAtMs > Date.now();
      if (asked !== null && (!isLive || present.entityTag !== asked))
        return respond(request, 412, 'Conditional Request Failed', 'presence');
      const body = request.body === '' ? (present?.body ?? '') : request.body;
      if (seconds === 0) publications.delete(user);
      else publications.set(user, { entityTag: randomBytes(8).toString('hex'), body, endsAtMs: Date.now() + seconds * 1000 });
      if (request.body !== '' || seconds === 0) tellWatchers(user);
      const entityTag = publications.get(user)?.entityTag ?? 'removed';
      return respond(request, 200, 'OK', 'presence', [
        ['sip-etag', entityTag],
        ['expires', String(seconds)],
      ]);
    },
    subscribe(request, send, isOpen) {
      const toTag = parameter(header(request, 'to') ?? '', 'tag');
      const key = `${header(request, 'call-id') ?? ''} ${parameter(header(request, 'from') ?? '', 'tag') ?? ''}`;
      let subscription = subscriptions.get(key);
      if (toTag !== null && !subscription) {
        send(respond(request, 481, 'Subscription Does Not Exist', ''));
        return;
      }
      const seconds = askedSeconds(request);
      const ownTag = toTag ?? randomBytes(6).toString('hex');
      if (!subscription) {
        subscription = {
          watched: userOfUri(requestUri(request)),
          send,
          isOpen,
          from: `<sip:${userOfUri(requestUri(request))}@${domain}>;tag=${ownTag}`,
          to: header(request, 'from') ?? '',
          callId: header(request, 'call-id') ?? '',
          target: uriOf(header(request, 'contact') ?? ''),
          cseq: 0,
          endsAtMs: 0,
        };
        subscriptions.set(key, subscription);
      }
      subscription.endsAtMs = Date.now() + seconds * 1000;
      send(
        respond(request, 200, 'OK', ownTag, [
          ['expires', String(seconds)],
          ['contact', `<sip:presence@${address()};transport=ws>`],
        ]),
      );
      notify(subscription);
      if (seconds === 0) subscriptions.delete(key);
    },
    setDocument(user, body) {
      publications.set(user, { entityTag: 'exchange', body, endsAtMs: Number.MAX_SAFE_INTEGER });
      tellWatchers(user);
    },
    sweep() {
      const now = Date.now();
      for (const [key, subscription] of subscriptions) {
        if (!subscription.isOpen()) subscriptions.delete(key);
        else if (subscription.endsAtMs <= now) {
          subscriptions.delete(key);
          notify(subscription);
        }
      }
      for (const [user, publication] of publications) {
        if (publication.endsAtMs > now) continue;
        publications.delete(user);
        tellWatchers(user);
      }
    },
  };
}
