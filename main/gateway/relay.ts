/**
 * The media of one leg, between the page that owns it and a far side that is no browser: descriptions are rewritten in
 * both directions, packets are carried. Nothing is transcoded.
 *
 *   page ◄── ICE-lite, DTLS-SRTP on loopback ──► InnerLeg ◄─► MediaSection ◄── RTP or SRTP by SDES ──► far side
 */
import { randomInt } from 'node:crypto';
import { InnerLeg } from './inner-leg.ts';
import { MediaSection } from './media-section.ts';
import { openOuterSockets, type PortRange } from './outer-sockets.ts';
import { packetsOf, subjectOf } from './rtp/rtcp.ts';
import { attributeOf, parseDescription, type Description } from './sdp/description.ts';
import { inward } from './sdp/inward.ts';
import { carriedFormats, outward, transportOfPage, type OuterSection, type PageTransport } from './sdp/outward.ts';

export interface RelayOptions {
  /** Where the sockets are bound. */
  readonly local: string;
  /** What the far side is told to send to. */
  readonly announced: string;
  readonly ports: PortRange;
}

export interface RelayEvents {
  toneReceived(tone: string): void;
  /** The page could not be reached, or what was agreed on broke. */
  failed(reason: string): void;
}

export class Relay {
  private readonly inner: InnerLeg;
  private readonly options: RelayOptions;
  private readonly events: RelayEvents;
  private readonly sections: MediaSection[] = [];
  private readonly formats = new Map<number, MediaSection>();
  private readonly sessionId = String(randomInt(2 ** 47));
  private outerVersion = 0;
  private innerVersion = 0;
  private mids: string[] = [];
  private page: PageTransport | null = null;
  private hasFar = false;
  private isClosed = false;

  private constructor(inner: InnerLeg, options: RelayOptions, events: RelayEvents) {
    this.inner = inner;
    this.options = options;
    this.events = events;
  }

  static async open(options: RelayOptions, events: RelayEvents): Promise<Relay> {
    const made: { relay: Relay | null } = { relay: null };
    const inner = await InnerLeg.open({
      rtp: (packet) => {
        made.relay?.fromPage(packet);
      },
      rtcp: (packet) => {
        made.relay?.controlFromPage(packet);
      },
    });
    return (made.relay = new Relay(inner, options, events));
  }

  /** The page's description as the far side takes it. `offered`: the profile of an offer; null in an answer. */
  async outward(sdp: string, offered: OuterSection['profile'] | null): Promise<string> {
    const page = described(sdp);
    this.mids = page.sections.map((section, at) => attributeOf(page, section, 'mid') ?? String(at));
    await this.ensureSections(page);
    this.page ??= transportOfPage(page);
    this.outerVersion += 1;
    const sections = page.sections.map((section, at) => this.sections[at]?.outer(section, offered) ?? null);
    this.formats.clear();
    page.sections.forEach((section, at) => {
      for (const format of carriedFormats(section)) {
        const carrier = this.sections[at];
        if (carrier) this.formats.set(Number(format), carrier);
      }
    });
    this.connect();
    return outward(page, { address: this.options.announced, sessionId: this.sessionId, version: this.outerVersion, sections });
  }

  /** The far side's description as the page takes it. Rejects where it cannot be used. */
  async inward(sdp: string, type: 'offer' | 'answer'): Promise<string> {
    const far = described(sdp);
    await this.ensureSections(far);
    far.sections.forEach((section, at) => this.sections[at]?.adopt(far, section, type));
    this.hasFar = true;
    this.innerVersion += 1;
    this.connect();
    return inward(far, type, {
      ...this.inner.parameters,
      version: this.innerVersion,
      sections: far.sections.map((_, at) => ({ mid: this.mids[at] ?? String(at), ssrc: this.sections[at]?.stream.ssrc ?? at + 1 })),
    });
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const section of this.sections) section.close();
    await this.inner.close();
  }

  private async ensureSections({ sections }: Description): Promise<void> {
    for (const { kind } of sections.slice(this.sections.length)) {
      const made: { section: MediaSection | null } = { section: null };
      const sockets = await openOuterSockets(this.options.local, this.options.ports, (packet, from, isControlPort) => {
        made.section?.fromFar(packet, from, isControlPort);
      });
      // Closed while the ports were opened: nobody would close these.
      if (this.isClosed) {
        sockets.close();
        throw new Error('the leg is closed');
      }
      made.section = new MediaSection(kind, sockets, {
        toPage: (packet) => {
          this.inner.sendRtp(packet);
        },
        controlToPage: (packet) => {
          this.inner.sendRtcp(packet);
        },
        toneReceived: (tone) => {
          this.events.toneReceived(tone);
        },
      });
      this.sections.push(made.section);
    }
  }

  /** When both sides are known the page can be met. */
  private connect(): void {
    if (this.page === null || !this.hasFar || this.isClosed) return;
    void this.inner.connect(this.page).catch((error: unknown) => {
      if (!this.isClosed) this.events.failed(error instanceof Error ? error.message : String(error));
    });
  }

  private fromPage(packet: Buffer): void {
    const source = packet.readUInt32BE(8);
    const section = this.sections.find(({ pageSource }) => pageSource === source) ?? this.formats.get(packet.readUInt8(1) & 0x7f) ?? null;
    section?.fromPage(packet);
  }

  private controlFromPage(compound: Buffer): void {
    const bySection = new Map<MediaSection, Buffer[]>();
    for (const packet of packetsOf(compound)) {
      if (packet.length < 8) continue;
      const section = this.sectionOfControl(packet);
      if (section) bySection.set(section, [...(bySection.get(section) ?? []), packet]);
    }
    for (const [section, packets] of bySection) section.controlFromPage(Buffer.concat(packets));
  }

  /** By the stream that the packet is about, else by who sends it, else the sound. */
  private sectionOfControl(packet: Buffer): MediaSection | null {
    const about = subjectOf(packet);
    const sender = packet.readUInt32BE(4);
    return (
      this.sections.find(({ stream }) => stream.ssrc === about) ??
      this.sections.find(({ pageSource }) => pageSource === sender) ??
      this.sections[0] ??
      null
    );
  }
}

function described(sdp: string): Description {
  const description = parseDescription(sdp);
  if (!description) throw new Error('the session description cannot be parsed');
  return description;
}
