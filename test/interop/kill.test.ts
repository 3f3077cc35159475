/**
 * A 200 is a promise: the text is on the disk. The receiving Ahoy is a process of its own and is killed (SIGKILL)
 * at fifty moments while a thousand texts arrive.
 *
 *   source                    Ahoy
 *     │── MESSAGE ─────────────►│ written, then
 *     │◄── 200 ─────────────────│ answered
 *     │── MESSAGE ─────────────►│ written
 *     │                         ✕ killed before the 200 left
 *     │◄── REGISTER ────────────│ the same profile, started again
 *     │── MESSAGE (once more) ─►│ known by Call-ID and CSeq:
 *     │◄── 200 ─────────────────│ answered, not written twice
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { valueOf } from '../support/ahoy-core.ts';
import type { ChildProgram } from '../support/child-program.ts';
import { freePort } from '../support/free-port.ts';
import { connectProgram, copyBuild, startNodeHostProcess } from '../support/node-host.ts';
import { seededFractions } from '../support/seeded-fractions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testAccountSettings } from '../support/test-account.ts';
import { openTextSource, textOf } from './support/text-source.ts';

const TEXTS = 1_000;
const KILLS = 50;
const AT_ONCE = 5;
/** A text takes about this long, so that a kill meets each of its steps. */
const LATEST_AFTER_MS = 12;

function storedTexts(profile: string): string[] {
  const database = new Database(join(profile, 'history.sqlite'), { readonly: true });
  const rows = database.prepare(`SELECT text FROM message WHERE direction = 'incoming' ORDER BY sequence`).all() as { text: string }[];
  database.close();
  return rows.map(({ text }) => text);
}

it('killed at fifty moments of a run of a thousand texts, Ahoy has every text it said 200 to, and none twice', async () => {
  const fraction = seededFractions(1);
  const moments = Array.from({ length: KILLS }, () => 1 + Math.floor(fraction() * (TEXTS - 50))).sort((a, b) => a - b);
  const folder = temporaryFolder();
  const profile = join(folder, 'profile');
  const entry = copyBuild(join(folder, 'ahoy'));
  const [sipPort, hostPort] = [await freePort(), await freePort()];
  let host: ChildProgram = startNodeHostProcess(entry, profile, hostPort);
  onTestFinished(() => host.stop('SIGKILL').then(() => undefined));
  let kills = 0;
  let isKilling = false;

  async function kill(): Promise<void> {
    await sleep(fraction() * LATEST_AFTER_MS);
    await host.stop('SIGKILL');
    kills += 1;
    host = startNodeHostProcess(entry, profile, hostPort);
    isKilling = false;
  }

  const source = await openTextSource({
    port: sipPort,
    texts: TEXTS,
    atOnce: AT_ONCE,
    progressed: (sent) => {
      if (isKilling || sent < (moments[kills] ?? Infinity)) return;
      isKilling = true;
      void kill();
    },
    // An impatient sender and a patient one by turns.
    sendsAgain: (nth) => nth % 2 === 0,
  });
  onTestFinished(() => source.close());

  await host.waitFor(/Ahoy is at/);
  const program = await connectProgram(profile, hostPort);
  const settings = testAccountSettings('sip:receiver@sip.test', { transport: 'tcp', server: '127.0.0.1', port: sipPort });
  valueOf(await program.ask.accounts.add({ settings, password: 'secret' }));
  program.close();

  await expect.poll(() => source.isDone() && kills === KILLS && !isKilling, { timeout: 90_000, interval: 100 }).toBe(true);
  await expect.poll(() => source.registrations(), { timeout: 10_000 }).toBeGreaterThan(KILLS);
  await host.stop('SIGTERM');

  const stored = storedTexts(profile);
  const isStored = (number: number): boolean => stored.includes(textOf(number));
  const everyNumber = Array.from({ length: TEXTS }, (_, index) => index + 1);
  const answered = everyNumber.filter((number) => source.answered.has(number));

  expect(source.refusals).toEqual([]);
  expect(answered.filter((number) => !isStored(number))).toEqual([]);
  expect(stored.length).toBe(new Set(stored).size);
  // A text that was written and whose 200 the kill took is one of those on their way at that kill, the first of them:
  // texts are taken in their order. Nothing else is there without its 200.
  for (const numbers of source.givenUp) {
    expect(numbers.length).toBeLessThanOrEqual(AT_ONCE);
    const written = numbers.filter(isStored);
    expect(written).toEqual(numbers.slice(0, written.length));
  }
  const givenUp = source.givenUp.flat();
  expect(stored.toSorted()).toEqual([...answered, ...givenUp.filter(isStored)].map(textOf).toSorted());
  expect([...answered, ...givenUp].toSorted((a, b) => a - b)).toEqual(everyNumber);
  // No start took the database for broken, and the kills met texts under way.
  expect(readdirSync(profile).filter((name) => name.startsWith('history-unreadable'))).toEqual([]);
  expect(existsSync(join(profile, 'history.sqlite.in-use'))).toBe(false);
  expect(source.onTheirWay.filter((numbers) => numbers.length > 0).length).toBeGreaterThan(KILLS / 2);
});
