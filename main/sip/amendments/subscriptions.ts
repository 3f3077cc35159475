/**
 * JsSIP's subscriber: an un-SUBSCRIBE that is answered without a last NOTIFY leaves it waiting and subscribing
 * again after a quarter of an hour; a granted time of a few seconds makes it refresh without pause, one beyond
 * what a timer holds likewise; and why a subscription was refused is not told. Mended here (RFC 6665 §4.1.2).
 */
import Subscriber from 'jssip/lib/Subscriber.js';
import type { IncomingResponse } from 'jssip/lib/SIPMessage.js';
import { once } from './amendment.ts';

const LONGEST_SECONDS = 7 * 24 * 3600;
const SHORT_SECONDS = 12;
const lastResponses = new WeakMap<Subscriber, IncomingResponse>();

/** The response the subscription last got, or null. */
export function lastResponseOf(subscriber: Subscriber): IncomingResponse | null {
  return lastResponses.get(subscriber) ?? null;
}

/* eslint-disable @typescript-eslint/unbound-method -- each is called with its own subscriber */
export function amendSubscriptions(): void {
  once('subscriptions', () => {
    const receiveResponse = Subscriber.prototype._receiveSubscribeResponse;
    Subscriber.prototype._receiveSubscribeResponse = function (this: Subscriber, response) {
      lastResponses.set(this, response);
      receiveResponse.call(this, response);
      if (response.status_code < 200 || response.status_code > 299 || this._state === Subscriber.C['STATE_TERMINATED']) return;
      // RFC 6665 §4.2.1.1: granted no time at all, so there is no subscription, and at most one NOTIFY to come.
      if (response.getHeader('expires')?.trim() === '0') this.emit('expired');
    };

    const receiveRequest = Subscriber.prototype.receiveRequest;
    Subscriber.prototype.receiveRequest = function (this: Subscriber, request) {
      receiveRequest.call(this, request);
      // RFC 6665 §4.2.2: active without a body says that there is no state; JsSIP says nothing of it.
      if (request.method === 'NOTIFY' && !request.body && this._state === Subscriber.C['STATE_ACTIVE']) this.emit('empty');
    };

    const schedule = Subscriber.prototype._scheduleSubscribe;
    Subscriber.prototype._scheduleSubscribe = function (this: Subscriber, seconds) {
      // After our un-SUBSCRIBE there is nothing to refresh.
      if (this._terminated || !(seconds > 0)) return;
      // JsSIP refreshes short ones five seconds ahead; below that it must be half the time instead.
      schedule.call(this, seconds < SHORT_SECONDS ? Math.max(seconds / 2, 1) + 5 : Math.min(seconds, LONGEST_SECONDS));
    };
  });
}
/* eslint-enable @typescript-eslint/unbound-method */
