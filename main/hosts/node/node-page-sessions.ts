/**
 * Browsers that are signed in to this profile. A session is an identity that is stored, and a secret that is not: it
 * is derived from the identity and the profile's own secret, so that the stored file alone opens nothing. At each
 * start a session is replaced by a new one; one that is not used for a long time ends.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { SignedInPage } from '../../../common/model/page-session.ts';
import { proofText, type PageSession } from '../../../common/transport/page-handshake.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PageSessions } from '../../ports/page-sessions.ts';

export interface NodePageSessions extends PageSessions {
  /** A browser showed a token that was printed: signed in from now on. */
  begin(userAgent: string): PageSession;
  isKnown(id: string): boolean;
  /** The proof of this side, or of the other; null of a session that is not known. */
  proof(id: string, by: 'host' | 'page', authority: string, pageNonce: string, hostNonce: string): string | null;
  /** It proved itself. The session that takes its place, where it is from before this start; else null. */
  used(id: string): PageSession | null;
  /** Registers the one listener for sessions that ended: their connections are closed. */
  onEnd(listener: (id: string) => void): void;
}

const MOST_SESSIONS = 20;
const LONGEST_UNUSED_MS = 60 * 24 * 3_600_000;
/** How long an old session stays valid beside the one that replaced it: other windows of the browser may still use it. */
const REPLACED_MS = 60_000;

/** `keep` writes the file, privately; `path` is where it is read from. */
export function openPageSessions(path: string, profileSecret: string, clock: Clock, keep: (content: string) => void): NodePageSessions {
  const startedAtMs = clock.now();
  const sessions = new Map(readSessions(path, startedAtMs - LONGEST_UNUSED_MS).map((each) => [each.id, each]));
  const replaced = new Set<string>();
  let changed: () => void = () => undefined;
  let ended: (id: string) => void = () => undefined;

  const secretOf = (id: string): string => createHmac('sha256', profileSecret).update(`page session ${id}`).digest('hex');

  function save(): void {
    keep(JSON.stringify([...sessions.values()]));
    changed();
  }

  function add(browser: string, createdAtMs: number): PageSession {
    const id = randomBytes(18).toString('base64url');
    sessions.set(id, { id, createdAtMs, lastSeenAtMs: clock.now(), browser });
    const [oldest] = [...sessions.values()].sort((a, b) => a.lastSeenAtMs - b.lastSeenAtMs);
    if (oldest && sessions.size > MOST_SESSIONS) end(oldest.id);
    save();
    return { id, secret: secretOf(id) };
  }

  function end(id: string): boolean {
    if (!sessions.delete(id)) return false;
    replaced.delete(id);
    save();
    ended(id);
    return true;
  }

  return {
    present: () => [...sessions.values()].filter(({ id }) => !replaced.has(id)),
    onChange(listener) {
      changed = listener;
    },
    onEnd(listener) {
      ended = listener;
    },
    begin: (userAgent) => add(browserOf(userAgent), clock.now()),
    isKnown: (id) => sessions.has(id),
    proof: (id, by, authority, pageNonce, hostNonce) =>
      sessions.has(id)
        ? createHmac('sha256', secretOf(id))
            .update(proofText(by, authority, pageNonce, hostNonce))
            .digest('hex')
        : null,
    used(id) {
      const session = sessions.get(id);
      if (!session) return null;
      const isFromBefore = session.lastSeenAtMs < startedAtMs;
      sessions.set(id, { ...session, lastSeenAtMs: clock.now() });
      if (!isFromBefore || replaced.has(id)) {
        save();
        return null;
      }
      replaced.add(id);
      clock.after(REPLACED_MS, () => {
        // Its connections are those of the new one by now: they are not cut.
        sessions.delete(id);
        replaced.delete(id);
        save();
      });
      return add(session.browser, session.createdAtMs);
    },
    end,
  };
}

function readSessions(path: string, oldestMs: number): SignedInPage[] {
  try {
    const read = v.safeParse(v.array(SignedInPage), JSON.parse(readFileSync(path, 'utf8')));
    return read.success ? read.output.filter(({ lastSeenAtMs }) => lastSeenAtMs >= oldestMs) : [];
  } catch {
    return [];
  }
}

const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chromium'],
  ['Safari', 'Safari'],
] as const;
const SYSTEMS = ['Windows', 'Android', 'Mac', 'Linux'] as const;

/** In a word or two, for a list that a person reads. */
function browserOf(userAgent: string): string {
  const system = SYSTEMS.find((each) => userAgent.includes(each));
  for (const [mark, name] of BROWSERS) {
    const version = new RegExp(`${mark}/(\\d{1,4})`).exec(userAgent)?.[1];
    if (version !== undefined) return [`${name} ${version}`, ...(system ? [system] : [])].join(', ');
  }
  return system ?? '';
}
