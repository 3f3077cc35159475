/**
 * The binding of one account (RFC 3261 §10, RFC 5626 §4): REGISTER, its refresh, its removal. JsSIP's own registrator
 * is not used: it tells of the first success only and keeps the Contact it was made with.
 */
import type UA from 'jssip/lib/UA.js';
import type { IncomingResponse } from 'jssip/lib/SIPMessage.js';
import type { Failure } from '../../../common/model/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Random } from '../../ports/random.ts';
import { failureOfDefect, failureOfResponse } from '../failure-mapping.ts';
import { failureOfOutcome, sendRequest, type RequestOutcome } from '../requests/request.ts';
import { parameterOf, parseNameAddr, splitList } from '../wire/headers.ts';

export interface BindingOptions {
  readonly instanceId: string;
  readonly expiresSeconds: number;
  /** The address our Contact has now, as the wire will write it. */
  contactAddress(): string | null;
}

export interface BindingHooks {
  registered(expiresInSeconds: number): void;
  refreshing(): void;
  failed(failure: Failure, retryAfterSeconds: number | null): void;
}

/** A server that grants less is asked again no faster than this. */
const SHORTEST_SECONDS = 10;
const LONGEST_SECONDS = 7 * 24 * 3600;
const MOST_TOO_BRIEF = 3;
/** An answer that is not there by then may not come: asked again, we do not wait out the transaction's 32 s. */
const ABANDONED_MS = 1_000;

export class Binding {
  private readonly userAgent: UA;
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly options: BindingOptions;
  private readonly hooks: BindingHooks;
  private readonly callId: string;
  private cseq = 0;
  private expiresSeconds: number;
  /** Grows with everything that makes earlier answers meaningless. */
  private generation = 0;
  private isUnderWay = false;
  private startedAtMs = 0;
  private isBound = false;
  private cancelRefresh: () => void = () => undefined;

  constructor(userAgent: UA, clock: Clock, random: Random, options: BindingOptions, hooks: BindingHooks) {
    this.userAgent = userAgent;
    this.clock = clock;
    this.random = random;
    this.options = options;
    this.hooks = hooks;
    this.expiresSeconds = options.expiresSeconds;
    // RFC 3261 §10.2: one Call-ID for all registrations of a user agent with a registrar.
    this.callId = random.id();
  }

  /** Registers, or refreshes; joins what is under way. */
  register(): void {
    if (this.isUnderWay) return;
    this.cancelRefresh();
    void this.run(0).catch((error: unknown) => {
      this.forget();
      this.hooks.failed(failureOfDefect(error), null);
    });
  }

  /** As the user wants it: an attempt whose answer does not come is not waited for. */
  registerNow(): void {
    if (this.isUnderWay && this.clock.now() - this.startedAtMs >= ABANDONED_MS) {
      this.generation += 1;
      this.isUnderWay = false;
    }
    this.register();
  }

  /** The connection is gone: no refresh, and what is under way counts for nothing. */
  forget(): void {
    this.generation += 1;
    this.isUnderWay = false;
    this.isBound = false;
    this.cancelRefresh();
  }

  /** Removes our binding; resolves when that is answered or cannot be. */
  async remove(): Promise<void> {
    const wasBound = this.isBound || this.isUnderWay;
    this.forget();
    if (wasBound && this.userAgent.transport.isConnected()) await this.send(0);
  }

  private async run(tooBrief: number): Promise<void> {
    const { generation } = this;
    this.isUnderWay = true;
    this.startedAtMs = this.clock.now();
    const usedAddress = this.options.contactAddress();
    const outcome = await this.send(this.expiresSeconds);
    if (generation !== this.generation) return;
    this.isUnderWay = false;
    if (outcome.kind !== 'response') {
      this.isBound = false;
      this.hooks.failed(failureOfOutcome(outcome), null);
      return;
    }
    const { response } = outcome;
    const { status_code: status } = response;
    if (status === 423 && tooBrief < MOST_TOO_BRIEF) {
      // RFC 3261 §10.2.8: ask for as long as the registrar wants it.
      const least = Number(response.getHeader('min-expires'));
      if (least > this.expiresSeconds && least <= LONGEST_SECONDS) {
        this.expiresSeconds = least;
        await this.run(tooBrief + 1);
        return;
      }
    }
    if (status > 299) {
      this.isBound = false;
      const retryAfterSeconds = Number.parseInt(response.getHeader('retry-after') ?? '', 10);
      this.hooks.failed(failureOfResponse(response, true), retryAfterSeconds >= 0 ? retryAfterSeconds : null);
      return;
    }
    this.bound(response);
    // RFC 3581 §4 told us another address meanwhile: the binding must say where we can be reached.
    if (this.options.contactAddress() !== usedAddress) this.register();
  }

  private bound(response: IncomingResponse): void {
    const granted = this.grantedSeconds(response);
    if (granted === null || granted <= 0) {
      this.isBound = false;
      const detail = granted === null ? 'the registrar does not list our binding' : 'the registrar granted no time';
      this.hooks.failed({ code: 'refused', status: response.status_code, detail }, null);
      return;
    }
    this.isBound = true;
    const seconds = Math.min(Math.max(granted, SHORTEST_SECONDS), LONGEST_SECONDS);
    // Somewhere in the later half, so that the clients of a restarted server do not refresh in step.
    const aheadSeconds = seconds > 64 ? seconds / 2 - this.random.fraction() * (seconds / 2 - 32) : Math.max(seconds / 4, 5);
    this.cancelRefresh = this.clock.after((seconds - aheadSeconds) * 1000, () => {
      this.hooks.refreshing();
      this.register();
    });
    this.hooks.registered(granted);
  }

  /**
   * RFC 3261 §10.2.4: the expires parameter of our own Contact, else the Expires header, else what we asked for. Null where
   * the answer says that we are not bound: it lists all bindings (§10.3 step 8) and ours is not among them. Registrars
   * that list none and grant a time are believed.
   */
  private grantedSeconds(response: IncomingResponse): number | null {
    const user = this.userAgent.contact.uri.user ?? '';
    const contacts = response.getHeaders('contact').flatMap(splitList).map(parseNameAddr);
    const ours = contacts.find(
      (contact) => contact !== null && (contact.parameters.includes(this.options.instanceId) || contact.uri.startsWith(`sip:${user}@`)),
    );
    if (!ours && (contacts.length > 0 || response.getHeader('expires') === undefined)) return null;
    const written = (ours && parameterOf(ours.parameters, 'expires')) ?? response.getHeader('expires');
    const seconds = Number(written ?? this.expiresSeconds);
    return Number.isInteger(seconds) ? seconds : this.expiresSeconds;
  }

  private send(expiresSeconds: number): Promise<RequestOutcome> {
    const { userAgent } = this;
    this.cseq += 1;
    const contact = `${userAgent.contact.toString()};+sip.instance="<urn:uuid:${this.options.instanceId}>";reg-id=1;expires=${expiresSeconds}`;
    return sendRequest(userAgent, 'REGISTER', userAgent.configuration.registrar_server, {
      headers: [`Contact: ${contact}`, `Expires: ${expiresSeconds}`],
      parameters: { to_uri: userAgent.configuration.uri, call_id: this.callId, cseq: this.cseq },
      authenticated: (cseq) => {
        this.cseq = Math.max(this.cseq, cseq);
      },
    });
  }
}
