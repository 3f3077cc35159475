/**
 * The gateway's side towards a page: ICE-lite and DTLS on loopback by werift's transports, SRTP by ours. werift's own
 * peer connection is not used: it sends tones as sound, and its SRTP forgets a stream after three seconds of loss.
 */
import { RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport, RTCIceGatherer, RTCIceParameters, RTCIceTransport } from 'werift';
import { isRtcp } from './rtp/rtp-packet.ts';
import type { PageTransport } from './sdp/outward.ts';
import { Srtcp } from './srtp/srtcp.ts';
import { Srtp } from './srtp/srtp.ts';
import { suiteNamed, type Suite } from './srtp/suite.ts';

const LOOPBACK = '127.0.0.1';
/** DTLS-SRTP profiles (RFC 5764 §4.1.2, RFC 7714 §14.2) and the suites that they are. */
const PROFILES = [
  [7, 'AEAD_AES_128_GCM'],
  [1, 'AES_CM_128_HMAC_SHA1_80'],
] as const;

/** Hands on what comes as it comes: the one place where the transport would decrypt by itself. */
class PlainDtlsTransport extends RTCDtlsTransport {
  override startSrtp(): void {
    // Keys are taken when the handshake is done.
  }
}

export interface InnerParameters {
  readonly usernameFragment: string;
  readonly password: string;
  readonly fingerprint: readonly [string, string];
  readonly address: string;
  readonly port: number;
}

export interface InnerEvents {
  rtp(packet: Buffer): void;
  rtcp(packet: Buffer): void;
}

export class InnerLeg {
  readonly parameters: InnerParameters;
  private readonly ice: RTCIceTransport;
  private readonly dtls: PlainDtlsTransport;
  private readonly events: InnerEvents;
  private keys: { readonly out: Srtp; readonly controlOut: Srtcp; readonly into: Srtp; readonly controlInto: Srtcp } | null = null;
  private isStarted = false;

  private constructor(parameters: InnerParameters, ice: RTCIceTransport, dtls: PlainDtlsTransport, events: InnerEvents) {
    this.parameters = parameters;
    this.ice = ice;
    this.dtls = dtls;
    this.events = events;
  }

  static async open(events: InnerEvents): Promise<InnerLeg> {
    // Both are needed, or the socket would be open to the whole network.
    const gatherer = new RTCIceGatherer({
      iceLite: true,
      useIpv4: false,
      useIpv6: false,
      additionalHostAddresses: [LOOPBACK],
      interfaceAddresses: { udp4: LOOPBACK },
    });
    const ice = new RTCIceTransport(gatherer);
    const certificate = await RTCDtlsTransport.SetupCertificate();
    const dtls = new PlainDtlsTransport(
      {},
      ice,
      certificate,
      PROFILES.map(([profile]) => profile),
    );
    // As a client werift waits a tenth of a second before it begins.
    dtls.role = 'server';
    await gatherer.gather();
    const [candidate] = gatherer.localCandidates;
    const fingerprint = certificate.getFingerprints().find(({ algorithm }) => algorithm.includes('256'));
    if (!candidate || !fingerprint) throw new Error('no way to a page was found on loopback');
    const { usernameFragment, password } = gatherer.localParameters;
    return new InnerLeg(
      { usernameFragment, password, fingerprint: [fingerprint.algorithm, fingerprint.value], address: candidate.ip, port: candidate.port },
      ice,
      dtls,
      events,
    );
  }

  /** Waits for the page's checks and its handshake. Rejects where they fail; the second call is none. */
  async connect(page: PageTransport): Promise<void> {
    if (this.isStarted) return;
    this.isStarted = true;
    this.ice.setRemoteParams(new RTCIceParameters({ usernameFragment: page.usernameFragment, password: page.password }));
    this.dtls.setRemoteParams(
      new RTCDtlsParameters(
        page.fingerprints.map(([algorithm, value]) => new RTCDtlsFingerprint(algorithm, value)),
        'client',
      ),
    );
    // None is needed: the page's checks tell where it is.
    await this.ice.addRemoteCandidate(undefined);
    await this.ice.start();
    await this.dtls.start();
    this.takeKeys();
    this.ice.connection.onData.subscribe((data) => {
      this.take(data);
    });
  }

  sendRtp(packet: Buffer): void {
    if (this.keys) this.send(this.keys.out.protect(packet));
  }

  sendRtcp(packet: Buffer): void {
    if (this.keys) this.send(this.keys.controlOut.protect(packet));
  }

  async close(): Promise<void> {
    this.keys = null;
    await this.dtls.stop();
  }

  private send(data: Buffer): void {
    void this.ice.connection.send(data).catch(() => undefined);
  }

  private takeKeys(): void {
    const { dtls } = this.dtls;
    const profile = PROFILES.find(([number]) => number === dtls?.srtp.srtpProfile);
    const suite: Suite | null = profile ? suiteNamed(profile[1]) : null;
    if (!dtls || !suite) throw new Error('no SRTP profile was agreed on');
    const { localKey, localSalt, remoteKey, remoteSalt } = dtls.extractSessionKeys(suite.keyLength, suite.saltLength);
    const ours = { key: localKey, salt: localSalt };
    const theirs = { key: remoteKey, salt: remoteSalt };
    this.keys = {
      out: new Srtp(suite, ours),
      controlOut: new Srtcp(suite, ours),
      into: new Srtp(suite, theirs),
      controlInto: new Srtcp(suite, theirs),
    };
  }

  private take(data: Buffer): void {
    if (!this.keys) return;
    if (isRtcp(data)) {
      const control = this.keys.controlInto.unprotect(data);
      if (control.ok) this.events.rtcp(control.packet);
      return;
    }
    // STUN and DTLS are the transport's, and no packet of ours.
    const packet = this.keys.into.unprotect(data);
    if (packet.ok) this.events.rtp(packet.packet);
  }
}
