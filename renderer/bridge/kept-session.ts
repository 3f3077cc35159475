/**
 * The session this browser is signed in by: it comes with the address that the host printed, behind the `#` that is sent
 * to nobody, and is kept for this origin, port included.
 */
import * as v from 'valibot';
import { PageSession } from '../../common/transport/page-handshake.ts';

const NAME = 'ahoy-session';
const IN_ADDRESS = /^#session=([\w-]+)\.([\w-]+)$/;

/** Takes the session out of the page's address, where it brought one. */
function adoptFromAddress(): void {
  const [, id, secret] = IN_ADDRESS.exec(window.location.hash) ?? [];
  if (id === undefined || secret === undefined) return;
  keepSession({ id, secret });
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
}

export function presentSession(): PageSession | null {
  adoptFromAddress();
  try {
    const read = v.safeParse(PageSession, JSON.parse(window.localStorage.getItem(NAME) ?? 'null'));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

export function keepSession(session: PageSession): void {
  window.localStorage.setItem(NAME, JSON.stringify(session));
}

/** Another page of this browser was given a session: `listener` hears of it. Returns what ends it. */
export function onSessionKept(listener: () => void): () => void {
  const heard = (event: StorageEvent): void => {
    if (event.key === NAME && event.newValue !== null) listener();
  };
  window.addEventListener('storage', heard);
  return () => {
    window.removeEventListener('storage', heard);
  };
}
