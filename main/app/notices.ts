/** What the user must know once: kept until it is dismissed, for pages that connect later too. */
import type { HostNotice } from '../../common/model/host.ts';
import type { Clock } from '../ports/clock.ts';
import type { HistoryStore, RowKind } from '../ports/history-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';

export interface Notices {
  all(): HostNotice[];
  dismiss(id: string): void;
  /** Looks at what the store found when it was opened, and follows what it finds later. */
  follow(store: HistoryStore): void;
}

/** One notice for all rows that were left out, however many come to light. */
const ROWS_LEFT_OUT = 'rows-left-out';

export function createNotices(
  clock: Clock,
  random: Random,
  logger: Logger,
  hooks: { readonly noticed: (notice: HostNotice) => void; readonly dismissed: (id: string) => void },
): Notices {
  const notices = new Map<string, HostNotice>();

  function raise(notice: HostNotice): void {
    notices.set(notice.id, notice);
    hooks.noticed(notice);
  }

  return {
    all: () => [...notices.values()],
    dismiss(id) {
      if (notices.delete(id)) hooks.dismissed(id);
    },
    follow(store) {
      if (store.movedAsidePath !== null) {
        logger.warn('the database was unreadable and moved aside', { path: store.movedAsidePath });
        raise({ kind: 'database-moved-aside', id: random.id(), path: store.movedAsidePath, atMs: clock.now() });
      }
      const counts: Partial<Record<RowKind, number>> = {};
      store.onUnreadable(({ kind, id, problem }) => {
        logger.error('a row could not be read and was left out', { kind, row: id, problem });
        counts[kind] = (counts[kind] ?? 0) + 1;
        raise({ kind: 'rows-left-out', id: ROWS_LEFT_OUT, counts: { ...counts }, atMs: clock.now() });
      });
    },
  };
}
