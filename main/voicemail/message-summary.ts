/** Reads a message summary, `application/simple-message-summary` (RFC 3842 §5.2). */
import { parseAddressOfRecord, type AddressOfRecord } from '../../common/model/address-of-record.ts';

export const MESSAGE_SUMMARY = 'application/simple-message-summary';

export interface MessageSummary {
  readonly newCount: number;
  readonly oldCount: number;
  /** `Message-Account`: whom to call; null where it is not said or no address. */
  readonly address: AddressOfRecord | null;
}

const MOST = 100_000;

/**
 * Null where the required first line is missing. `Messages-Waiting: yes` without a voice line counts as one new
 * message: servers that only light a lamp say no more. Urgent counts, in brackets, are part of the others.
 */
export function readMessageSummary(body: string): MessageSummary | null {
  const lines = new Map<string, string>();
  for (const line of body.split(/\r?\n/)) {
    const match = /^([A-Za-z-]+)[ \t]*:(.*)$/.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (name !== undefined && !lines.has(name)) lines.set(name, match?.[2]?.trim() ?? '');
  }
  const waiting = lines.get('messages-waiting')?.toLowerCase();
  if (waiting !== 'yes' && waiting !== 'no') return null;
  const counts = /^(\d{1,6})\s*\/\s*(\d{1,6})/.exec(lines.get('voice-message') ?? '');
  const account = lines.get('message-account');
  return {
    newCount: counts ? Math.min(Number(counts[1]), MOST) : waiting === 'yes' ? 1 : 0,
    oldCount: counts ? Math.min(Number(counts[2]), MOST) : 0,
    address: account === undefined ? null : parseAddressOfRecord(account),
  };
}
