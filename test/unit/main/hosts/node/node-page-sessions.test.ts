import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openPageSessions } from '../../../../../main/hosts/node/node-page-sessions.ts';
import { createFakeClock } from '../../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const DAY_MS = 24 * 3_600_000;

function profile() {
  const path = join(temporaryFolder(), 'page-sessions.json');
  const clock = createFakeClock();
  const start = (secret = 'profile secret') =>
    openPageSessions(path, secret, clock, (content) => {
      writeFileSync(path, content);
    });
  return { path, clock, start };
}

const NONCES = ['127.0.0.1:1', 'page', 'host'] as const;

it('The file alone is no key: it has no secret, and another profile makes other proofs', () => {
  const { path, start } = profile();
  const { id, secret } = start().begin('Firefox/140.0 Windows');
  expect(readFileSync(path, 'utf8')).not.toContain(secret);
  expect(start().proof(id, 'host', ...NONCES)).not.toBe(start('another secret').proof(id, 'host', ...NONCES));
});

it('A session is replaced at its first use after a start, and the old one goes on for a minute', () => {
  const { clock, start } = profile();
  const { id } = start().begin('');
  clock.advance(1_000);
  const again = start();
  const renewed = again.used(id);
  expect(renewed?.id).not.toBe(id);
  expect(again.present().map((each) => each.id)).toEqual([renewed?.id]);
  // A second window of the same browser, a moment later.
  expect([again.isKnown(id), again.used(id)]).toEqual([true, null]);
  clock.advance(60_000);
  expect([again.isKnown(id), again.proof(id, 'page', ...NONCES)]).toEqual([false, null]);
  expect(again.used(renewed!.id)).toBeNull();
});

it('A session that is not used for sixty days ends, and of many the one unused longest', () => {
  const { clock, start } = profile();
  const sessions = start();
  const first = sessions.begin('');
  for (let count = 0; count < 20; count += 1) {
    clock.advance(1_000);
    sessions.begin('');
  }
  expect(sessions.present()).toHaveLength(20);
  expect(sessions.isKnown(first.id)).toBe(false);
  clock.advance(61 * DAY_MS);
  expect(start().present()).toEqual([]);
});

it('One that is signed out is told of, and is not known any more', () => {
  const { start } = profile();
  const sessions = start();
  const ended: string[] = [];
  sessions.onEnd((id) => ended.push(id));
  const { id } = sessions.begin('');
  expect([sessions.end(id), sessions.end(id)]).toEqual([true, false]);
  expect(ended).toEqual([id]);
  expect(start().isKnown(id)).toBe(false);
});

it('A file that cannot be read signs nobody in', () => {
  const { path, start } = profile();
  writeFileSync(path, '[{"id":');
  expect(start().present()).toEqual([]);
});
