/** Tags, Call-IDs and branches nobody can guess (RFC 3261 §19.3, §8.1.1.7). */
import Utils from 'jssip/lib/Utils.js';
import { expect, test } from 'vitest';
import { amendJsSip } from '../../../main/sip/amendments/all.ts';
import { headerOf } from '../../../main/sip/wire/headers.ts';
import { ScriptedServer } from '../../support/scripted-server.ts';
import { openSide } from '../../support/sip-side.ts';

amendJsSip();

test('tags and tokens do not come from Math.random and do not repeat', () => {
  const random = Math.random;
  Math.random = () => 0;
  try {
    expect(new Set(Array.from({ length: 1_000 }, () => Utils.newTag())).size).toBe(1_000);
    expect(Utils.createRandomToken(12)).toHaveLength(12);
  } finally {
    Math.random = random;
  }
});

test('a branch has 128 bits behind the magic cookie, and the answer finds its transaction', async () => {
  const server = new ScriptedServer();
  const alice = openSide({ openSocket: server.openSocket });
  await alice.register();
  expect(headerOf((await server.request('REGISTER')).message, 'via')).toMatch(/;branch=z9hG4bK[0-9a-f]{32}$/);
});
