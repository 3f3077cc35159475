/** Of a host that opens its windows itself: no browser is signed in. */
import type { PageSessions } from '../ports/page-sessions.ts';

export const noPageSessions: PageSessions = { present: () => [], onChange: () => undefined, end: () => false };
