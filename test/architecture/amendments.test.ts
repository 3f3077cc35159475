/** Each amendment of JsSIP has a test of its own name, which shows what it mends. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('every amendment that is made has its test', () => {
  const made = [...readFileSync('main/sip/amendments/all.ts', 'utf8').matchAll(/from '\.\/([\w-]+)\.ts'/g)].map(([, name]) => name);
  expect(made.length).toBeGreaterThan(10);
  expect(made.filter((name) => !existsSync(`test/protocol/amendments/${name}.test.ts`))).toEqual([]);
});
