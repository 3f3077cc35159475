/** The page sessions of a host that opens its windows itself: none. */
import type { PageSessions } from '../ports/page-sessions.ts';

export const noPageSessions: PageSessions = { present: () => [], onChange: () => undefined, end: () => false };
