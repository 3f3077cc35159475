/**
 * A page's description, rewritten for a far side that speaks plain RTP or SRTP with keys in the description. What is
 * agreed on stays the page's own: codecs, payload types, directions. Where it is sent, and how it is protected, is the
 * gateway's. What only browsers know is left out.
 */
import { attributeOf, directionOf, payloadNames, type Description, type Section } from './description.ts';
import { formatCryptoLine, type CryptoLine } from './crypto-line.ts';

/** Where and how the gateway takes what the far side sends for one section. */
export interface OuterSection {
  readonly port: number;
  readonly controlPort: number;
  /** Control packets come to the same port (RFC 5761). */
  readonly isMultiplexed: boolean;
  readonly profile: 'RTP/AVP' | 'RTP/AVPF' | 'RTP/SAVP' | 'RTP/SAVPF';
  readonly crypto: readonly Pick<CryptoLine, 'tag' | 'suite' | 'master'>[];
}

export interface OuterSide {
  /** The address that the far side sends to. */
  readonly address: string;
  readonly sessionId: string;
  readonly version: number;
  /** One for each section of the page; null for one that is refused. */
  readonly sections: readonly (OuterSection | null)[];
}

/** What goes through without transcoding, by its name in rtpmap, in lower case. */
const CARRIED: Readonly<Record<string, ReadonlySet<string>>> = {
  audio: new Set(['opus/48000/2', 'g722/8000', 'pcmu/8000', 'pcma/8000', 'telephone-event/8000', 'telephone-event/48000', 'cn/8000']),
  video: new Set(['vp8/90000', 'h264/90000']),
};
/** The payload types that have a meaning without an rtpmap (RFC 3551 §6). */
const STATIC: Readonly<Record<string, string>> = { '0': 'pcmu/8000', '8': 'pcma/8000', '9': 'g722/8000', '13': 'cn/8000' };
const CARRIED_FEEDBACK = /^a=rtcp-fb:(\S+) (?:nack|nack pli|ccm fir)$/;

/** The payload types of a section that the gateway carries, in their order. */
export function carriedFormats(section: Section): string[] {
  const names = payloadNames(section);
  return section.formats.filter((format) => CARRIED[section.kind]?.has((names.get(format) ?? STATIC[format] ?? '').toLowerCase()));
}

/** Whether there is sound to be carried in it, besides tones and silence. */
export function carriesSound(section: Section): boolean {
  const names = payloadNames(section);
  return carriedFormats(section).some((format) => !/^(?:telephone-event|cn)\//i.test(names.get(format) ?? STATIC[format] ?? ''));
}

export function outward(page: Description, side: OuterSide): string {
  const family = side.address.includes(':') ? 'IP6' : 'IP4';
  const lines = [
    'v=0',
    `o=- ${side.sessionId} ${side.version} IN ${family} ${side.address}`,
    's=-',
    `c=IN ${family} ${side.address}`,
    't=0 0',
  ];
  page.sections.forEach((section, at) => {
    const outer = side.sections[at] ?? null;
    const formats = carriedFormats(section);
    if (outer === null || section.port === 0 || formats.length === 0) {
      lines.push(`m=${section.kind} 0 ${outer?.profile ?? 'RTP/AVP'} ${section.formats[0] ?? '0'}`);
      return;
    }
    const kept = new Set(formats);
    lines.push(`m=${section.kind} ${outer.port} ${outer.profile} ${formats.join(' ')}`);
    for (const line of section.lines) if (isKept(line, kept, section.kind)) lines.push(line);
    for (const [format, name] of payloadNames(section))
      // RFC 4733 §2.4.1: which events, for far sides that ask.
      if (kept.has(format) && /^telephone-event\//i.test(name) && !section.lines.some((line) => line.startsWith(`a=fmtp:${format} `)))
        lines.push(`a=fmtp:${format} 0-15`);
    lines.push(`a=${directionOf(page, section)}`);
    if (outer.isMultiplexed) lines.push('a=rtcp-mux');
    else if (outer.controlPort !== outer.port + 1) lines.push(`a=rtcp:${outer.controlPort}`);
    for (const crypto of outer.crypto) lines.push(formatCryptoLine(crypto));
  });
  return `${lines.join('\r\n')}\r\n`;
}

function isKept(line: string, formats: ReadonlySet<string>, kind: string): boolean {
  const [, format] = /^a=(?:rtpmap|fmtp):(\S+) /.exec(line) ?? [];
  if (format !== undefined) return formats.has(format);
  const [, feedback] = CARRIED_FEEDBACK.exec(line) ?? [];
  if (feedback !== undefined) return kind === 'video' && (feedback === '*' || formats.has(feedback));
  return /^a=(?:ptime|maxptime):/.test(line);
}

/** What a page needs to be reached by: its side of ICE and DTLS. Null where its description has none. */
export interface PageTransport {
  readonly usernameFragment: string;
  readonly password: string;
  /** Algorithm and value of each. */
  readonly fingerprints: readonly (readonly [string, string])[];
}

export function transportOfPage(page: Description): PageTransport | null {
  const [section] = page.sections;
  if (!section) return null;
  const usernameFragment = attributeOf(page, section, 'ice-ufrag');
  const password = attributeOf(page, section, 'ice-pwd');
  const fingerprints = [...section.lines, ...page.head].flatMap((line) => {
    const [, algorithm, value] = /^a=fingerprint:(\S+) (\S+)$/.exec(line) ?? [];
    return algorithm !== undefined && value !== undefined ? [[algorithm, value] as const] : [];
  });
  return usernameFragment === null || password === null || fingerprints.length === 0 ? null : { usernameFragment, password, fingerprints };
}

/** The SSRC that the page sends each section by; null where it does not say. */
export function sourceOfPage(section: Section): number | null {
  const [, ssrc] = /^a=ssrc:(\d+) cname:/m.exec(section.lines.join('\n')) ?? [];
  return ssrc === undefined ? null : Number(ssrc) >>> 0;
}
