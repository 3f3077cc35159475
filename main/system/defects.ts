/**
 * Defects that were caught: logged under a number that the user can pass on. What was under way fails; Ahoy continues.
 */
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';

/** Logs what was thrown; the number it stands under. Never throws. */
export type ReportDefect = (where: string, error: unknown) => string;

export function reportDefects(logger: Logger, random: Random): ReportDefect {
  return (where, error) => {
    const reportId = random.id();
    logger.error('a defect was caught', {
      where,
      reportId,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return reportId;
  };
}

/** A promise that is rejected while nobody looks is a defect like any other. */
export function reportRejections(report: ReportDefect): void {
  process.on('unhandledRejection', (reason) => {
    report('a promise that nobody looked at', reason);
  });
}

/**
 * The last net: what was thrown past every other. Nothing is known of the state then, so Ahoy says so and ends in
 * order; `end` is called once.
 */
export function endOnUncaught(report: ReportDefect, end: (reportId: string) => void): void {
  let isEnding = false;
  process.on('uncaughtException', (error) => {
    const reportId = report('past every net', error);
    if (isEnding) return;
    isEnding = true;
    end(reportId);
  });
}
