/** A promise that is rejected while nobody looks is a defect: it is logged, and Ahoy goes on. */
import type { Logger } from '../ports/logger.ts';

export function reportRejections(logger: Logger): void {
  process.on('unhandledRejection', (reason) => {
    logger.error('a promise was rejected and nobody looked', { error: reason instanceof Error ? reason.stack : String(reason) });
  });
}
