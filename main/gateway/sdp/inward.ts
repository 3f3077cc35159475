/**
 * A far side's description, rewritten for a page: its codecs, payload types and directions behind the gateway's own ICE,
 * DTLS and streams.
 */
import { connectionOf, directionOfFar, type Description, type Section } from './description.ts';
import { carriedFormats } from './outward.ts';

/** The gateway as a page reaches it. */
export interface InnerSide {
  readonly usernameFragment: string;
  readonly password: string;
  /** Algorithm and value. */
  readonly fingerprint: readonly [string, string];
  readonly address: string;
  readonly port: number;
  readonly version: number;
  /** By section: its mid, and the SSRC by which its packets come. */
  readonly sections: readonly { readonly mid: string; readonly ssrc: number }[];
}

/** Added to what a far side without feedback offers: the gateway translates what the page asks. */
const FEEDBACK = ['nack pli', 'ccm fir'];

export function inward(far: Description, type: 'offer' | 'answer', side: InnerSide): string {
  const bundled = far.sections.flatMap((section, at) => (isCarried(section) ? [side.sections[at]?.mid ?? String(at)] : []));
  const lines = [
    'v=0',
    `o=- 1 ${side.version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    `a=group:BUNDLE ${bundled.join(' ')}`,
    'a=ice-lite',
    'a=msid-semantic: WMS *',
  ];
  far.sections.forEach((section, at) => {
    const { mid, ssrc } = side.sections[at] ?? { mid: String(at), ssrc: at + 1 };
    const formats = carriedFormats(section);
    if (!isCarried(section)) {
      lines.push(`m=${section.kind} 0 UDP/TLS/RTP/SAVPF ${section.formats[0] ?? '0'}`, 'c=IN IP4 0.0.0.0', `a=mid:${mid}`);
      return;
    }
    const kept = new Set(formats);
    lines.push(`m=${section.kind} 9 UDP/TLS/RTP/SAVPF ${formats.join(' ')}`, 'c=IN IP4 0.0.0.0');
    for (const line of section.lines) {
      const [, format] = /^a=(?:rtpmap|fmtp|rtcp-fb):(\S+) /.exec(line) ?? [];
      if (format === undefined ? /^a=(?:ptime|maxptime):/.test(line) : kept.has(format)) lines.push(line);
    }
    if (section.kind === 'video')
      for (const format of formats)
        for (const feedback of FEEDBACK) {
          const line = `a=rtcp-fb:${format} ${feedback}`;
          if (!section.lines.includes(line)) lines.push(line);
        }
    lines.push(
      `a=${directionOfFar(far, section)}`,
      `a=mid:${mid}`,
      'a=rtcp-mux',
      `a=ice-ufrag:${side.usernameFragment}`,
      `a=ice-pwd:${side.password}`,
      `a=fingerprint:${side.fingerprint[0]} ${side.fingerprint[1]}`,
      // The page opens DTLS in any case.
      `a=setup:${type === 'offer' ? 'actpass' : 'passive'}`,
      `a=candidate:1 1 udp 2130706431 ${side.address} ${side.port} typ host`,
      'a=end-of-candidates',
      `a=ssrc:${ssrc} cname:far`,
      `a=ssrc:${ssrc} msid:far far-${section.kind}-${at}`,
    );
  });
  return `${lines.join('\r\n')}\r\n`;
}

const isCarried = (section: Section): boolean => section.port !== 0 && carriedFormats(section).length > 0;

/** Where the far side takes the packets of a section. */
export interface FarAddress {
  readonly address: string;
  readonly port: number;
  readonly controlAddress: string;
  readonly controlPort: number;
  readonly isMultiplexed: boolean;
}

/** Null where it takes none, or none can be sent there: refused, held by an address of zeros, a group of hosts. */
export function addressOfFar(far: Description, section: Section): FarAddress | null {
  const address = connectionOf(far, section);
  if (section.port === 0 || address === null || address === '0.0.0.0' || address === '::' || isGroup(address)) return null;
  const [, port, controlAddress] = /^a=rtcp:(\d{1,5})(?: IN IP[46] (\S+))?$/m.exec(section.lines.join('\n')) ?? [];
  return {
    address,
    port: section.port,
    controlAddress: controlAddress === undefined || isGroup(controlAddress) ? address : controlAddress,
    controlPort: port === undefined ? section.port + 1 : Number(port),
    isMultiplexed: section.lines.includes('a=rtcp-mux'),
  };
}

/** Multicast and broadcast: nobody's call is sent to many. */
function isGroup(address: string): boolean {
  return /^(?:22[4-9]|23\d)\./.test(address) || address === '255.255.255.255' || /^ff/i.test(address);
}
