import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createClock } from '../../../../main/system/system-clock.ts';
import { reportDefects } from '../../../../main/system/defects.ts';
import { createFileLogger } from '../../../../main/system/file-logger.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeRandom } from '../../../support/fake-random.ts';
import { createKeptLogger } from '../../../support/kept-logger.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

it('What a timer throws is logged under a number and ends nothing', async () => {
  const logger = createKeptLogger();
  const clock = createClock(reportDefects(logger, createFakeRandom()));
  let ran = false;
  clock.after(0, () => {
    throw new Error('a defect');
  });
  await new Promise<void>((resolve) => {
    clock.after(1, () => {
      ran = true;
      resolve();
    });
    // The clock's own timers do not keep a process alive.
    setTimeout(() => undefined, 50);
  });
  expect(ran).toBe(true);
  expect(JSON.stringify(logger.lines)).toMatch(/a defect was caught.*a timer/);
});

it('A log that cannot be written is done without, and taken up again', async () => {
  const folder = join(temporaryFolder(), 'log');
  writeFileSync(folder, 'a file where the folder should be');
  const clock = createFakeClock();
  const logger = createFileLogger(folder, clock);
  logger.info('lost');
  await new Promise((resolve) => setTimeout(resolve, 50));
  logger.info('lost too');
  rmSync(folder);
  clock.advance(60_000);
  logger.info('kept');
  await logger.close();
  expect(existsSync(join(folder, 'ahoy.log'))).toBe(true);
  expect(readFileSync(join(folder, 'ahoy.log'), 'utf8')).toMatch(/kept/);
});
