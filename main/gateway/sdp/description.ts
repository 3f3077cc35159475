/** A session description (RFC 8866) as lines: what stands above the media, and each media section. Splits, never judges. */
export interface Section {
  /** audio, video and so on. */
  readonly kind: string;
  /** 0: refused, or given up. */
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  /** All lines behind the m= line. */
  readonly lines: readonly string[];
}

export interface Description {
  readonly head: readonly string[];
  readonly sections: readonly Section[];
}

/** Beyond this many sections a description is nobody's that we talk with. */
const MOST_SECTIONS = 16;

/** Null where it is none. */
export function parseDescription(sdp: string): Description | null {
  const lines = sdp.split(/\r\n|\r|\n/).filter((line) => /^[a-z]=/.test(line));
  const first = lines.findIndex((line) => line.startsWith('m='));
  if (first === -1) return null;
  const sections: { kind: string; port: number; protocol: string; formats: string[]; lines: string[] }[] = [];
  for (const line of lines.slice(first)) {
    if (!line.startsWith('m=')) {
      sections.at(-1)?.lines.push(line);
      continue;
    }
    const [kind = '', ports = '', protocol = '', ...formats] = line
      .slice(2)
      .split(/[ \t]+/)
      .filter(Boolean);
    const [port = ''] = ports.split('/');
    if (protocol === '' || !/^\d{1,5}$/.test(port) || Number(port) > 0xffff || sections.length >= MOST_SECTIONS) return null;
    sections.push({ kind, port: Number(port), protocol, formats, lines: [] });
  }
  return { head: lines.slice(0, first), sections };
}

/** The value of the first attribute of that name in the section, else above the media; null where there is none. */
export function attributeOf(description: Description, section: Section, name: string): string | null {
  for (const line of [...section.lines, ...description.head]) {
    if (line === `a=${name}`) return '';
    if (line.startsWith(`a=${name}:`)) return line.slice(name.length + 3);
  }
  return null;
}

/** Every value of that attribute in the section alone. */
export function attributesOf(section: Section, name: string): string[] {
  return section.lines.filter((line) => line.startsWith(`a=${name}:`)).map((line) => line.slice(name.length + 3));
}

/** The address of c=, of the section or above the media; null where there is none. */
export function connectionOf(description: Description, section: Section): string | null {
  const line = [...section.lines, ...description.head].find((each) => each.startsWith('c='));
  return line?.split(/\s+/)[2]?.split('/')[0] ?? null;
}

/** The name and clock rate of each payload type that has an rtpmap. */
export function payloadNames(section: Section): Map<string, string> {
  return new Map(
    attributesOf(section, 'rtpmap').flatMap((value) => {
      const [payload, name] = value.trim().split(/\s+/);
      return payload !== undefined && name !== undefined ? [[payload, name] as const] : [];
    }),
  );
}

const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** RFC 3264 §5.1. */
export function directionOf(description: Description, section: Section): Direction {
  return (
    DIRECTIONS.find((each) => section.lines.includes(`a=${each}`)) ??
    DIRECTIONS.find((each) => description.head.includes(`a=${each}`)) ??
    'sendrecv'
  );
}

/** The same of a far side, which may hold in the older way: by an address of zeros, where it takes nothing (RFC 2543 §B.5). */
export function directionOfFar(description: Description, section: Section): Direction {
  const said = directionOf(description, section);
  if (connectionOf(description, section) !== '0.0.0.0') return said;
  return said === 'sendrecv' ? 'sendonly' : said === 'recvonly' ? 'inactive' : said;
}
