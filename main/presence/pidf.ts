/**
 * Presence documents: PIDF (RFC 3863) with the person's RPID activities (RFC 4479, RFC 4480), read and
 * written. What does not parse is null, never an exception: it comes from the network.
 */
import { SaxesParser } from 'saxes';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import { assertNever } from '../../common/model/assert-never.ts';
import type { OwnStatus, PresenceDocument, PresenceStatus } from '../../common/model/presence.ts';

export const PIDF = 'application/pidf+xml';

const PIDF_NAMESPACE = 'urn:ietf:params:xml:ns:pidf';
const MODEL_NAMESPACE = 'urn:ietf:params:xml:ns:pidf:data-model';
const RPID_NAMESPACE = 'urn:ietf:params:xml:ns:pidf:rpid';
/** What `other` says for do-not-disturb, which RFC 4480 has no word for. */
const DO_NOT_DISTURB = 'do-not-disturb';

const LARGEST_DOCUMENT = 200_000;

/** What is published: our own status, or that we are in a call. */
export type PublishedStatus = OwnStatus | 'on-the-phone';

interface Part {
  open: boolean | null;
  activities: string[];
  note: string;
  timestampMs: number;
}

const newPart = (): Part => ({ open: null, activities: [], note: '', timestampMs: 0 });

/** What a document says of its presentity; null where it is no PIDF. */
export function readPidf(text: string): PresenceDocument | null {
  if (text.length > LARGEST_DOCUMENT) return null;
  const tuples: Part[] = [];
  const persons: Part[] = [];
  let documentNote = '';
  let part: Part | null = null;
  let characters = '';
  const path: string[] = [];
  const outcome = { isPidf: false, broken: false };

  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', () => {
    outcome.broken = true;
  });
  parser.on('opentag', (tag) => {
    path.push(tag.local);
    characters = '';
    if (path.length === 1) outcome.isPidf = tag.uri === PIDF_NAMESPACE && tag.local === 'presence';
    else if (path.length === 2 && tag.local === 'tuple') tuples.push((part = newPart()));
    else if (path.length === 2 && tag.local === 'person') persons.push((part = newPart()));
    else if (part && path.at(-2) === 'activities' && tag.uri === RPID_NAMESPACE) part.activities.push(tag.local);
  });
  parser.on('text', (more) => {
    characters += more;
  });
  parser.on('closetag', (tag) => {
    const content = characters.trim();
    characters = '';
    const depth = path.length;
    if (part) {
      if (tag.local === 'basic' && path.at(-2) === 'status') part.open = content.toLowerCase() === 'open';
      else if (tag.local === 'note' && depth === 3 && part.note === '') part.note = content;
      else if (tag.local === 'timestamp' && depth === 3) part.timestampMs = Date.parse(content) || 0;
      else if (tag.local === 'other' && path.at(-2) === 'activities' && content === DO_NOT_DISTURB) part.activities.push(DO_NOT_DISTURB);
      if (depth === 2) part = null;
    } else if (tag.local === 'note' && depth === 2) documentNote ||= content;
    path.pop();
  });
  try {
    parser.write(text).close();
  } catch {
    return null;
  }
  if (outcome.broken || !outcome.isPidf) return null;
  return compose(tuples, persons, documentNote);
}

/**
 * Several devices publish several tuples (RFC 3863 §4.1.2): the newest that says something counts where they
 * are dated, any open one where not.
 */
function compose(tuples: readonly Part[], persons: readonly Part[], documentNote: string): PresenceDocument {
  const newestFirst = (parts: readonly Part[]): Part[] => [...parts].sort((a, b) => b.timestampMs - a.timestampMs);
  const spoken = newestFirst(tuples.filter((tuple) => tuple.open !== null));
  const dated = spoken.every((tuple) => tuple.timestampMs > 0);
  const chosen = dated ? spoken[0] : (spoken.find((tuple) => tuple.open) ?? spoken[0]);
  const person = newestFirst(persons).find((each) => each.activities.length > 0 || each.note !== '');
  const note = (person?.note || chosen?.note || documentNote).slice(0, 500);
  if (chosen?.open !== true) return { status: 'offline', note };
  return { status: statusOf([...(person?.activities ?? []), ...chosen.activities]), note };
}

const AWAY = new Set([
  'away',
  'appointment',
  'breakfast',
  'dinner',
  'holiday',
  'in-transit',
  'lunch',
  'meal',
  'permanent-absence',
  'shopping',
  'sleeping',
  'travel',
  'vacation',
]);
const BUSY = new Set([
  'busy',
  'meeting',
  'performance',
  'presentation',
  'tv',
  'playing',
  'steering',
  'worship',
  'looking-for-work',
  'spectator',
]);

function statusOf(activities: readonly string[]): PresenceStatus {
  if (activities.includes(DO_NOT_DISTURB)) return 'do-not-disturb';
  if (activities.includes('on-the-phone')) return 'on-the-phone';
  if (activities.some((activity) => BUSY.has(activity))) return 'busy';
  if (activities.some((activity) => AWAY.has(activity))) return 'away';
  return 'available';
}

/** Any prefix would do in XML; baresip looks for the very text `<rpid:busy/>` of RFC 4480's examples (§5.1). */
function activitiesOf(status: PublishedStatus): string {
  switch (status) {
    case 'available':
    case 'appear-offline':
      return '';
    case 'busy':
      return '<rpid:busy/>';
    case 'away':
      return '<rpid:away/>';
    case 'on-the-phone':
      return '<rpid:on-the-phone/>';
    case 'do-not-disturb':
      return `<rpid:busy/><rpid:other>${DO_NOT_DISTURB}</rpid:other>`;
    default:
      return assertNever(status);
  }
}

function escapeXml(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // Characters XML 1.0 has no way to write at all.
      .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
  );
}

/** Our own document. `tupleId` stays the same for an account, so that a newer publication replaces an older. */
export function writePidf(entity: AddressOfRecord, tupleId: string, status: PublishedStatus, note: string, nowMs: number): string {
  const basic = status === 'appear-offline' ? 'closed' : 'open';
  const timestamp = new Date(nowMs).toISOString();
  const noteElement = (prefix: string): string =>
    note === '' || basic === 'closed' ? '' : `<${prefix}note>${escapeXml(note)}</${prefix}note>`;
  const activities = activitiesOf(status);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<presence xmlns="${PIDF_NAMESPACE}" xmlns:dm="${MODEL_NAMESPACE}" xmlns:rpid="${RPID_NAMESPACE}" entity="${escapeXml(entity)}">`,
    `<tuple id="${tupleId}"><status><basic>${basic}</basic></status><contact>${escapeXml(entity)}</contact>${noteElement('')}<timestamp>${timestamp}</timestamp></tuple>`,
    `<dm:person id="p${tupleId}">${activities === '' ? '' : `<rpid:activities>${activities}</rpid:activities>`}${noteElement('dm:')}<dm:timestamp>${timestamp}</dm:timestamp></dm:person>`,
    '</presence>',
  ].join('\r\n');
}
