import { expect, test } from 'vitest';
import { failureCodes } from '../../common/model/failure.ts';
import { failureLine, failureText } from '../../common/text/failure-text.ts';

test.each(failureCodes)('%s is told in words, with what to do', (code) => {
  const { what, next } = failureText({ code });
  expect(what).toMatch(/^\p{Lu}.+\.$/u);
  expect(next).toMatch(/^\p{Lu}.+\.$/u);
  expect(what + next).not.toMatch(/!|SIP|undefined|failure_/);
});

test('no two failures are told in the same words', () => {
  const told = failureCodes.map((code) => failureText({ code }).what);
  expect(new Set(told).size).toBe(told.length);
});

test('a defect names its report', () => {
  expect(failureLine({ code: 'internal', reportId: 'r-17' })).toContain('r-17');
});
