/**
 * A subscription (RFC 6665): JsSIP's subscriber does dialog and refresh, this file says what its end means and
 * sees to it that there is exactly one.
 */
import Subscriber from 'jssip/lib/Subscriber.js';
import type UA from 'jssip/lib/UA.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import type { Failure } from '../../../common/model/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RetryAfter, Subscription, SubscriptionEvents, SubscriptionRequest } from '../../ports/sip-stack.ts';
import { lastResponseOf } from '../amendments/subscriptions.ts';
import { CONNECTION_LOST, failureOfResponse, NO_ANSWER } from '../failure-mapping.ts';
import { targetUri } from '../requests/request.ts';

export interface SubscriptionContext {
  readonly clock: Clock;
  readonly ownDomain: string;
  /** How long the last NOTIFY is waited for. */
  readonly lastNotifyMs: number;
  /** It is over. */
  over(subscription: SipSubscription): void;
}

/** RFC 6665 §4.1.3: by the reason of the notifier, when to subscribe again. */
function retryAfterReason(reason: string | undefined, retryAfterSeconds: number | undefined): RetryAfter {
  const asked = retryAfterSeconds !== undefined && retryAfterSeconds >= 0 ? retryAfterSeconds : null;
  switch (reason) {
    case 'deactivated':
    case 'timeout':
      return 0;
    case 'rejected':
    case 'noresource':
    case 'invariant':
      return 'never';
    default:
      // probation, giveup, and none at all
      return asked;
  }
}

export class SipSubscription implements Subscription {
  private readonly userAgent: UA;
  private readonly request: SubscriptionRequest;
  private readonly events: SubscriptionEvents;
  private readonly context: SubscriptionContext;
  private subscriber: Subscriber;
  private isOver = false;
  private isEnding = false;
  private isAccepted = false;
  private hasAskedLonger = false;
  private cancelTimer: () => void = () => undefined;

  constructor(userAgent: UA, request: SubscriptionRequest, events: SubscriptionEvents, context: SubscriptionContext) {
    this.userAgent = userAgent;
    this.request = request;
    this.events = events;
    this.context = context;
    this.subscriber = this.make(request.expiresSeconds);
  }

  start(): void {
    this.subscriber.subscribe();
  }

  end(): void {
    if (this.isOver || this.isEnding) return;
    this.isEnding = true;
    if (!this.userAgent.transport.isConnected()) {
      this.finish(null, null);
      return;
    }
    this.subscriber.terminate();
    // RFC 6665 §4.1.2.3: a last NOTIFY is owed. It is waited for, but not for ever.
    this.cancelTimer = this.context.clock.after(this.context.lastNotifyMs, () => {
      this.finish(null, null);
    });
  }

  /** The connection is gone, and the notifier's way to us with it. */
  connectionLost(): void {
    this.finish(CONNECTION_LOST, null);
  }

  private make(expiresSeconds: number): Subscriber {
    const { target, event, accept } = this.request;
    const uri = targetUri(target, this.context.ownDomain).toString();
    const subscriber = new Subscriber(this.userAgent, uri, event, accept.join(', '), { expires: expiresSeconds });
    subscriber.on('accepted', () => {
      if (this.isOver) return;
      this.isAccepted = true;
      const granted = Number.parseInt(lastResponseOf(subscriber)?.getHeader('expires') ?? '', 10);
      this.events.accepted(granted >= 0 ? granted : expiresSeconds);
    });
    subscriber.on('pending', () => {
      if (!this.isOver) this.events.pending();
    });
    subscriber.on('notify', (_isFinal: boolean, _request: IncomingRequest, body: string, contentType: string | undefined) => {
      if (!this.isOver) this.events.notified((contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '', body);
    });
    subscriber.on('empty', () => {
      if (!this.isOver && !this.isEnding) this.events.notified('', '');
    });
    subscriber.on('expired', () => {
      if (this.isEnding || this.isOver) return;
      this.cancelTimer = this.context.clock.after(this.context.lastNotifyMs, () => {
        this.finish(null, null);
      });
    });
    subscriber.on('terminated', (code: number, reason: string | undefined, retryAfter: number | undefined) => {
      if (subscriber === this.subscriber) this.terminated(code, reason, retryAfter);
    });
    return subscriber;
  }

  private terminated(code: number, reason: string | undefined, retryAfter: number | undefined): void {
    const codes = Subscriber.C;
    const response = lastResponseOf(this.subscriber);
    if (this.isEnding) this.finish(null, null);
    else if (code === codes['FINAL_NOTIFY_RECEIVED']) this.finish(null, retryAfterReason(reason, retryAfter));
    else if (code === codes['SUBSCRIBE_RESPONSE_TIMEOUT']) this.finish(NO_ANSWER, null);
    else if (code === codes['SUBSCRIBE_TRANSPORT_ERROR']) this.finish(CONNECTION_LOST, null);
    else if (code === codes['WRONG_NOTIFY_RECEIVED'] || code === codes['SUBSCRIBE_WRONG_OK_RESPONSE'] || !response) {
      this.finish({ code: 'protocol-error', detail: 'the notifier does not keep to the protocol' }, null);
    } else if (response.status_code === 423 && this.asksLonger(response.getHeader('min-expires'))) return;
    // RFC 6665 §4.1.2.2: 481 on a refresh says that the notifier has forgotten us.
    else if (response.status_code === 481 && this.isAccepted) this.finish(null, null);
    else {
      const asked = Number.parseInt(response.getHeader('retry-after') ?? '', 10);
      this.finish(failureOfResponse(response), asked >= 0 ? asked : null);
    }
  }

  /** RFC 6665 §4.1.2.1: once more, with the least time the notifier grants. */
  private asksLonger(minExpires: string | undefined): boolean {
    const least = Number.parseInt(minExpires ?? '', 10);
    if (!(least > this.request.expiresSeconds) || this.hasAskedLonger) return false;
    this.hasAskedLonger = true;
    const before = this.subscriber;
    this.subscriber = this.make(least);
    before.removeAllListeners();
    this.subscriber.subscribe();
    return true;
  }

  private finish(failure: Failure | null, retryAfter: RetryAfter): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cancelTimer();
    const { subscriber } = this;
    // Ends JsSIP's timers and dialog; its own `terminated` finds us over.
    subscriber._terminateDialog(Subscriber.C['FINAL_NOTIFY_RECEIVED'] ?? 6);
    this.context.over(this);
    this.events.terminated(failure, retryAfter);
  }
}
