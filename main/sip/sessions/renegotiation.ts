/**
 * Hold and resume by re-INVITE, one at a time, towards what the user wants last. A refused re-offer is rolled back
 * and the session goes on (RFC 3261 §14.1); after 491 the offer is made again when the role's time has come.
 *
 *   idle ──want──► offering ──2xx──► idle (or offering again, where the wish has changed)
 *                    │  ▲
 *                   491 │ 2.1-4 s for the one who called, 0-2 s for the one who answered
 *                    ▼  │
 *                  waiting ──six times──► idle, failed
 */
import RTCSession, { type ReofferOptions } from 'jssip/lib/RTCSession.js';
import type { IncomingResponse } from 'jssip/lib/SIPMessage.js';
import type { Failure } from '../../../common/model/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import { CONNECTION_LOST, failureOfResponse } from '../failure-mapping.ts';

export interface RenegotiationHooks {
  holdChanged(): void;
  failed(failure: Failure): void;
}

type ReofferDone = (failure: Failure | null) => void;

const MOST_TRIES = 6;
const BUSY_RETRY_MS = 200;
const MOST_BUSY_RETRIES = 60;

export class Renegotiation {
  private readonly session: RTCSession;
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly hooks: RenegotiationHooks;
  private wantsHold = false;
  private heldBefore = false;
  private isRefreshWanted = false;
  private isIceRestartWanted = false;
  private isOffering = false;
  /** Re-offers that wait for the one under way, and those that are in it. */
  private waiting: ReofferDone[] = [];
  private offered: ReofferDone[] = [];
  private tries = 0;
  private busyRetries = 0;
  private cancelTimer: (() => void) | null = null;

  constructor(session: RTCSession, clock: Clock, random: Random, hooks: RenegotiationHooks) {
    this.session = session;
    this.clock = clock;
    this.random = random;
    this.hooks = hooks;
    session.on('unsent', () => {
      if (this.isOffering) this.giveUp(CONNECTION_LOST);
    });
  }

  setHold(hold: boolean): void {
    this.wantsHold = hold;
    this.tries = 0;
    this.busyRetries = 0;
    this.step();
  }

  /** Something else is to be agreed on: makes a new offer and calls `done` with its outcome. */
  reoffer(done: ReofferDone): void {
    this.waiting.push(done);
    this.tries = 0;
    this.busyRetries = 0;
    this.step();
  }

  /** A new connection: the far side must learn our new Contact (RFC 3261 §12.2.1.2), and perhaps new candidates. */
  refresh(iceRestart: boolean): void {
    this.isRefreshWanted = true;
    this.isIceRestartWanted ||= iceRestart;
    this.step();
  }

  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }

  private step(): void {
    const { session } = this;
    if (this.isOffering || this.cancelTimer || session.isEnded()) return;
    const isReofferWanted = this.waiting.length > 0 || this.offered.length > 0;
    if (session._localHold === this.wantsHold && !this.isRefreshWanted && !isReofferWanted) {
      this.hooks.holdChanged();
      return;
    }
    // RFC 3261 §14.1: not while another INVITE transaction is under way.
    if (session.status !== RTCSession.C.STATUS_CONFIRMED || !session.isReadyToReOffer()) {
      this.busyRetries += 1;
      if (this.busyRetries > MOST_BUSY_RETRIES) this.giveUp({ code: 'request-timeout', detail: 'another renegotiation does not end' });
      else this.later(BUSY_RETRY_MS);
      return;
    }
    this.offer();
  }

  private offer(): void {
    const { session } = this;
    const before = session._localHold;
    this.heldBefore = before;
    session._localHold = this.wantsHold;
    session._setLocalMediaStatus();
    this.isOffering = true;
    this.offered.push(...this.waiting.splice(0));
    let isSettled = false;
    const settle = (): boolean => {
      if (isSettled || !this.isOffering) return false;
      isSettled = true;
      this.isOffering = false;
      return !session.isEnded();
    };
    const handlers: ReofferOptions['eventHandlers'] = {
      succeeded: () => {
        if (!settle()) return;
        this.tries = 0;
        this.isRefreshWanted = false;
        this.isIceRestartWanted = false;
        this.hooks.holdChanged();
        this.endReoffers(null);
        if (session._localHold !== this.wantsHold || this.waiting.length > 0) this.step();
      },
      failed: (response) => {
        if (!settle()) return;
        this.rollBack(before);
        const delayMs = this.retryDelayMs(response);
        if (delayMs === null)
          this.giveUp(
            response
              ? failureOfResponse(response)
              : { code: 'media-failed', detail: 'the offer could not be made or its answer not be used' },
          );
        else this.later(delayMs);
      },
    };
    session._sendReinvite({ eventHandlers: handlers, ...(this.isIceRestartWanted ? { rtcOfferConstraints: { iceRestart: true } } : {}) });
  }

  private rollBack(hold: boolean): void {
    const { session } = this;
    session._localHold = hold;
    session._setLocalMediaStatus();
    const connection = session._connection;
    // JSEP §4.1.10.2: back to the last stable state, so that the next offer is a fresh one.
    session._connectionPromiseQueue = session._connectionPromiseQueue
      .then(() =>
        connection?.signalingState === 'have-local-offer' ? connection.setLocalDescription({ type: 'rollback', sdp: '' }) : undefined,
      )
      .catch(() => undefined);
  }

  /** Milliseconds until the next try; null where there is none. */
  private retryDelayMs(response: IncomingResponse | undefined): number | null {
    if (!response || this.tries >= MOST_TRIES) return null;
    // Older JsSIP answers 403 "Wrong Status" where 491 is meant: its ACK has not come yet.
    const isGlare = response.status_code === 491 || (response.status_code === 403 && /wrong status/i.test(response.reason_phrase));
    const retryAfterSeconds = response.status_code === 500 ? Number.parseInt(response.getHeader('retry-after') ?? '', 10) : Number.NaN;
    if (!isGlare && !(retryAfterSeconds >= 0)) return null;
    this.tries += 1;
    // RFC 3261 §14.2: Retry-After of a UAS that has another INVITE to answer first.
    if (retryAfterSeconds >= 0) return Math.min(retryAfterSeconds, 10) * 1000;
    // RFC 3261 §14.1: in units of 10 ms, by who owns the Call-ID.
    const units =
      this.session.direction === 'outgoing' ? 210 + Math.floor(this.random.fraction() * 190) : Math.floor(this.random.fraction() * 200);
    return units * 10;
  }

  private endReoffers(failure: Failure | null): void {
    for (const done of this.offered.splice(0)) done(failure);
  }

  private later(delayMs: number): void {
    this.cancelTimer = this.clock.after(delayMs, () => {
      this.cancelTimer = null;
      this.step();
    });
  }

  private giveUp(failure: Failure): void {
    if (this.isOffering) {
      this.isOffering = false;
      this.rollBack(this.heldBefore);
    }
    this.wantsHold = this.session._localHold;
    this.isRefreshWanted = false;
    this.isIceRestartWanted = false;
    this.offered.push(...this.waiting.splice(0));
    if (this.offered.length === 0) this.hooks.failed(failure);
    this.endReoffers(failure);
  }
}
