/**
 * A call's session: the port's `Session` over JsSIP's, both directions. The media is opened first, then the INVITE
 * or the 200 leaves; `ended` comes exactly once, last.
 */
import NameAddrHeader from 'jssip/lib/NameAddrHeader.js';
import RTCSession from 'jssip/lib/RTCSession.js';
import type { IncomingRequest, IncomingResponse } from 'jssip/lib/SIPMessage.js';
import type { Failure } from '../../../common/model/failure.ts';
import type { LegId } from '../../../common/model/ids.ts';
import type { DtmfMode } from '../../../common/model/account.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { GatewayAddress, MediaGateway } from '../../ports/media-gateway.ts';
import type { MediaPeer } from '../../ports/media-peer.ts';
import type { Random } from '../../ports/random.ts';
import type { Session, SessionEvents, TransferVerdict } from '../../ports/sip-stack.ts';
import { TRANSFER_DECLINED } from '../capabilities.ts';
import { SessionMedia } from '../media-seam/session-media.ts';
import {
  CONNECTION_LOST,
  failureOfCancel,
  failureOfCause,
  failureOfDefect,
  failureOfMedia,
  failureOfResponse,
  NO_ANSWER,
  NO_MEDIA_OWNER,
} from '../failure-mapping.ts';
import type { PeerIceServers } from '../media-seam/ice-servers.ts';
import { cameraTrack, StubPeerConnection, StubStream, type StubConfiguration } from '../media-seam/peer-connection.ts';
import { Renegotiation } from './renegotiation.ts';
import { addressOf } from '../requests/sender.ts';
import { AgreedMedia } from './agreed-media.ts';
import { MediaRoute } from './media-route.ts';
import { isRefusedOffer, wayOfOffer, type MediaWay } from './media-way.ts';

export interface SessionContext {
  readonly mediaPeer: MediaPeer;
  /** Null where there is none: then only browsers can be talked with. */
  readonly gateway: MediaGateway | null;
  /** Nobody reads it on the way to our server. */
  readonly isSignallingSecure: boolean;
  /** Null without a connection. */
  mediaAddress(): GatewayAddress | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly gatheringMs: number;
  readonly iceServers: PeerIceServers;
  readonly dtmf: DtmfMode;
  /** The session is over. */
  over(session: SipSession): void;
}

/** What JsSIP tells at the end of a session. */
interface EndEvent {
  readonly originator: 'local' | 'remote' | 'system';
  readonly message: (IncomingResponse | IncomingRequest) | null;
  readonly cause: string;
}

const TRANSFER_STATUS: Readonly<Record<TransferVerdict, number>> = { declined: TRANSFER_DECLINED };

export class SipSession implements Session {
  private readonly context: SessionContext;
  private readonly events: SessionEvents;
  private readonly media: SessionMedia;
  private session: RTCSession | null = null;
  private renegotiation: Renegotiation | null = null;
  private isOver = false;
  private isEndWanted = false;
  private isMuted = false;
  private isCameraOff = false;
  private readonly agreed: AgreedMedia;
  private readonly route: MediaRoute;
  /** What is tried when the far side refuses the present offer. */
  private tryNext: (() => boolean) | null = null;
  /** Why it ends, where that is known before JsSIP says it in its own words. */
  private knownFailure: Failure | null = null;

  constructor(legId: LegId, events: SessionEvents, context: SessionContext) {
    this.context = context;
    this.events = events;
    this.media = new SessionMedia(legId, context.mediaPeer);
    this.agreed = new AgreedMedia(this.media, context.isSignallingSecure, events);
    this.route = new MediaRoute(this.media, context.gateway, () => context.mediaAddress(), {
      toneReceived: (tone) => {
        this.receiveTone(tone);
      },
      failed: (detail) => {
        this.knownFailure ??= { code: 'media-failed', detail };
        this.session?.terminate();
      },
    });
    this.media.onStable = () => {
      if (!this.isOver) this.agreed.compare();
    };
    this.media.onGone = () => {
      this.knownFailure ??= NO_MEDIA_OWNER;
      const connection = this.session?._connection;
      if (connection instanceof StubPeerConnection) connection.fail();
      else if (!this.session) this.finish(NO_MEDIA_OWNER, false);
      else this.session.terminate({ status_code: 480 });
    };
  }

  /**
   * Opens the media, then calls, by one way after the other until the far side takes one. `call` makes JsSIP's session
   * with these options, or says why not; `took` is called with the way that was answered.
   */
  async place(
    video: boolean,
    ways: readonly MediaWay[],
    call: (options: Record<string, unknown>) => RTCSession | Failure,
    took: (way: MediaWay) => void,
  ): Promise<void> {
    try {
      const failure = await this.media.open(video, this.context.iceServers);
      if (this.isOver) return;
      if (failure) {
        this.finish(failure, false);
        return;
      }
      this.offer(video, ways, call, took);
    } catch (error) {
      this.endBroken(error);
    }
  }

  private offer(
    video: boolean,
    [way, ...others]: readonly MediaWay[],
    call: (options: Record<string, unknown>) => RTCSession | Failure,
    took: (way: MediaWay) => void,
  ): void {
    if (way === undefined) return;
    this.route.use(way);
    const made = call(this.mediaOptions(video));
    if (!(made instanceof RTCSession)) {
      this.finish(made, false);
      return;
    }
    this.tryNext = () => {
      if (others.length === 0) return false;
      this.renegotiation?.stop();
      this.offer(video, others, call, took);
      return true;
    };
    made.on('accepted', () => {
      took(way);
    });
    this.attach(made);
  }

  /** Whether there is another way, and the call is offered by it. */
  private offersAgain(): boolean {
    try {
      return this.tryNext?.() === true;
    } catch (error) {
      this.endBroken(error);
      return true;
    }
  }

  /** Takes JsSIP's session: an incoming one that rings, or the one `place` made. */
  attach(session: RTCSession): void {
    this.session = session;
    const { clock, random } = this.context;
    const holdChanged = (): void => {
      const { local, remote } = session.isOnHold();
      if (!this.isOver) this.events.holdChanged(local, remote);
    };
    this.renegotiation = new Renegotiation(session, clock, random, {
      holdChanged,
      failed: (failure) => {
        if (!this.isOver) this.events.renegotiationFailed(failure);
      },
    });
    session.on('sending', () => {
      if (!this.isOver) this.events.calling();
    });
    session.on('progress', (event: { originator: string; response: IncomingResponse | null }) => {
      if (event.originator === 'remote' && !this.isOver) this.events.ringing(Boolean(event.response?.body));
    });
    session.on('connecting', () => {
      this.applyMuting();
    });
    session.on('accepted', () => {
      if (!this.isOver) this.agreed.answered();
    });
    session.on('confirmed', () => {
      if (this.isEndWanted) session.terminate();
    });
    session.on('unsent', () => {
      if (!session.isEstablished()) this.knownFailure ??= CONNECTION_LOST;
    });
    session.on('unanswered', () => {
      this.knownFailure ??= NO_ANSWER;
    });
    session.on('hold', holdChanged);
    session.on('unhold', holdChanged);
    session.on('newDTMF', (event: { originator: string; dtmf: { tone: string } }) => {
      if (event.originator === 'remote') this.receiveTone(event.dtmf.tone);
    });
    session.on('newInfo', (event: { originator: string; info: { contentType?: string; body?: string | null } }) => {
      // application/dtmf: the tone alone is the body.
      if (event.originator === 'remote' && event.info.contentType?.startsWith('application/dtmf') === true)
        this.receiveTone(event.info.body?.trim() ?? '');
    });
    session.on('refer', ({ request }: { request: IncomingRequest }) => {
      const to = NameAddrHeader.parse(request.getHeader('refer-to') ?? '');
      request.reply(TRANSFER_STATUS[this.events.transferRequested(to ? addressOf(to) : null)]);
    });
    session.on('replaces', ({ request }: { request: IncomingRequest }) => {
      request.reply(TRANSFER_STATUS[this.events.replacementRequested(addressOf(request.from))]);
    });
    session.on('failed', (event: EndEvent) => {
      const status = event.originator === 'remote' && event.message && 'status_code' in event.message ? event.message.status_code : null;
      if (this.isEndWanted || this.isOver || !isRefusedOffer(status) || !this.offersAgain()) this.finishAs(event);
    });
    session.on('ended', (event: EndEvent) => {
      this.finishAs(event);
    });
  }

  accept(video: boolean): void {
    void this.acceptWithMedia(video).catch((error: unknown) => {
      this.endBroken(error);
    });
  }

  reject(status: 486 | 603 | 480): void {
    if (this.isOver) return;
    this.isEndWanted = true;
    this.session?.terminate({ status_code: status });
  }

  end(): void {
    if (this.isOver) return;
    this.isEndWanted = true;
    const { session } = this;
    if (!session) {
      this.finish(null, true);
      return;
    }
    // RFC 3261 §15: no BYE before the ACK of the 2xx that has just come; `confirmed` follows at once.
    if (session.direction === 'outgoing' && session.status === RTCSession.C.STATUS_CONFIRMED && !session._is_confirmed) return;
    session.terminate();
  }

  hold(): void {
    if (!this.isOver) this.renegotiation?.setHold(true);
  }

  resume(): void {
    if (!this.isOver) this.renegotiation?.setHold(false);
  }

  setMuted(muted: boolean): void {
    this.isMuted = muted;
    this.applyMuting();
  }

  setCameraOff(cameraOff: boolean): void {
    this.isCameraOff = cameraOff;
    this.applyMuting();
  }

  setCamera(on: boolean): void {
    void this.changeCamera(on).catch((error: unknown) => {
      this.context.logger.error('the camera could not be changed', { error: String(error) });
      if (!this.isOver) this.events.cameraChanged(!on, failureOfDefect(error));
    });
  }

  sendDtmf(tones: string): void {
    if (this.isOver || !this.session?.isEstablished() || !/^[0-9A-D#*]+$/.test(tones)) return;
    this.session.sendDTMF(tones, { transportType: this.context.dtmf === 'rfc4733' ? 'RFC2833' : 'INFO', duration: 160, interToneGap: 100 });
  }

  /** The connection is gone: a call that stands goes on, one that was only being made cannot. */
  connectionLost(): void {
    if (this.isOver || this.session?.isEstablished() === true) return;
    if (this.session === null) return;
    this.knownFailure ??= CONNECTION_LOST;
    this.session.terminate();
  }

  /** There is a connection again: the far side must learn where we are now. */
  connectionReplaced(iceRestart: boolean): void {
    if (!this.isOver && this.session?.isEstablished() === true) this.renegotiation?.refresh(iceRestart);
  }

  /** The signalling stops for good. */
  close(): void {
    if (this.isOver) return;
    this.isEndWanted = true;
    if (this.session) this.session.terminate();
    else this.finish(null, true);
  }

  private async acceptWithMedia(video: boolean): Promise<void> {
    const { session } = this;
    if (!session || session.isEnded()) return;
    const failure = await this.media.open(video, this.context.iceServers);
    if (this.isOver || session.isEnded()) return;
    if (failure) {
      this.knownFailure ??= failure;
      session.terminate({ status_code: 480 });
      return;
    }
    const way = wayOfOffer(session._request.body ?? '');
    if (way !== null) this.route.use(way);
    session.answer(this.mediaOptions(video));
  }

  /** The camera first, then the offer that says so; a far side that takes no picture leaves it off. */
  private async changeCamera(on: boolean): Promise<void> {
    const { session } = this;
    if (this.isOver || session?.isEstablished() !== true) return;
    const changed = await this.media.request({ name: 'setCamera', on });
    if (this.isCallOver()) return;
    if (!changed.ok) {
      this.events.cameraChanged(!on, failureOfMedia(changed));
      return;
    }
    // What was held back before the answer is the user's choice no more.
    this.isCameraOff = false;
    session._videoMuted = false;
    const connection = session._connection;
    // JsSIP holds and mutes what it knows a sender of.
    if (on && connection instanceof StubPeerConnection && !connection.getSenders().some(({ track }) => track.kind === 'video'))
      connection.addTrack(cameraTrack(this.media));
    this.renegotiation?.reoffer((failure) => {
      if (this.isCallOver()) return;
      this.agreed.compare();
      const refused: Failure | null =
        failure ?? (on && !this.agreed.hasVideo ? { code: 'not-acceptable', detail: 'no picture was agreed on' } : null);
      if (on && refused) void this.media.request({ name: 'setCamera', on: false });
      this.events.cameraChanged(on && refused === null, refused);
    });
  }

  /** Asked behind an await, where it may have become so meanwhile. */
  private isCallOver(): boolean {
    return this.isOver;
  }

  private mediaOptions(video: boolean): Record<string, unknown> {
    const { clock, gatheringMs } = this.context;
    const pcConfig: StubConfiguration = { media: this.media, clock, gatheringMs };
    return { mediaStream: new StubStream(this.media, video), mediaConstraints: { audio: true, video }, pcConfig };
  }

  private applyMuting(): void {
    const { session } = this;
    if (!session || this.isOver) return;
    session._audioMuted = this.isMuted;
    session._videoMuted = this.isCameraOff;
    if (session._connection) session._setLocalMediaStatus();
  }

  private receiveTone(tone: string): void {
    if (!this.isOver && /^[0-9A-D#*]$/i.test(tone)) this.events.dtmfReceived(tone.toUpperCase());
  }

  /** A call must not stay half made because something threw on the way. */
  private endBroken(error: unknown): void {
    this.context.logger.error('a call broke', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    if (this.isOver) return;
    this.knownFailure = failureOfDefect(error);
    try {
      this.session?.terminate({ status_code: 500 });
    } catch (further) {
      this.context.logger.warn('a broken call could not be ended in words', { error: String(further) });
    }
    this.finish(this.knownFailure, false);
  }

  private finishAs(event: EndEvent): void {
    if (this.knownFailure) this.finish(this.knownFailure, false);
    else if (this.isEndWanted) this.finish(null, true);
    else if (event.cause === 'Terminated') this.finish(null, event.originator !== 'remote');
    else if (event.message && 'status_code' in event.message) this.finish(failureOfResponse(event.message), false);
    else if (event.message?.method === 'CANCEL') this.finish(failureOfCancel(event.message.getHeaders('reason')), false);
    else this.finish(failureOfCause(event.cause), false);
  }

  private finish(failure: Failure | null, byUs: boolean): void {
    if (this.isOver) return;
    this.isOver = true;
    this.renegotiation?.stop();
    this.media.release();
    this.route.close();
    this.context.over(this);
    this.events.ended(failure, byUs);
  }
}
