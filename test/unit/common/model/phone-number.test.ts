import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dialledNumber,
  isNetworkNumber,
  numbersIn,
  numberToRead,
  partOfNumber,
  type Region,
} from '../../../../common/model/phone-number.ts';

const GB = 'GB' as Region;
const US = 'US' as Region;

describe('a telephone number', () => {
  it.each([
    ['+44 (0)20 7946 0018', '+442079460018'],
    ['+44(0)20-7946-0018', '+442079460018'],
    ['0044 (0) 20 7946 0018', '00442079460018'],
    ['(020) 7946 0018', '02079460018'],
    ['+1 (555) 010‑0199', '+15550100199'],
    ['\u202A+44 20 7946 0018\u202C', '+442079460018'],
    ['１００１', '1001'],
    ['020/7946.0018', '02079460018'],
    ['112', '112'],
    ['*98#', '*98#'],
  ])('%s is dialled as %s', (written, dialled) => {
    expect(dialledNumber(written, GB)).toBe(dialled);
  });

  it.each([
    ['1-800-FLOWERS', '18003569377'],
    ['(800) FLOWERS', '8003569377'],
    ['1 800 flowers', '18003569377'],
  ])('%s is spelled on the keys as %s', (written, dialled) => {
    expect(dialledNumber(written, US)).toBe(dialled);
  });

  it.each(['bob', '2 bob', '3com', 'room 12', 'bob@example.org', '+', '', '2-bob-3', 'a-1'])('%s is none', (text) => {
    expect(dialledNumber(text, US)).toBeNull();
  });

  it.each([
    ['+442079460018', '+44 20 7946 0018'],
    ['02079460018', '020 7946 0018'],
    ['1001', '1001'],
    ['*98#', '*98#'],
    ['112', '112'],
    ['+999', '+999'],
  ])('%s is read as %s', (number, read) => {
    expect(numberToRead(number, GB)).toBe(read);
  });

  it('is as it is dialled where no country says how it is written', () => {
    expect(numberToRead('02079460018', null)).toBe('02079460018');
  });

  it('is told from a short extension and from a name', () => {
    expect(['+442079460018', '02079460018', '1001', 'bob', '*98'].map(isNetworkNumber)).toEqual([true, true, false, false, false]);
  });

  it('is found by a part of it, with and without what is dialled before it at home', () => {
    const isPart = (typed: string): boolean => partOfNumber(typed)('+442079460018');
    expect(['020 79', '+44 (0)20', '0018', '0044 20', '2079-46', '21', 'bob'].map(isPart)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it.each([
    ['call 020 7946 0018, please', GB, ['02079460018']],
    ['+44 (0)20 7946 0018.', null, ['+442079460018']],
    ['(555) 210-0199 or 1-555-210-0198', US, ['5552100199', '15552100198']],
    ['room 0201, 112, 1001', GB, []],
    ['on 01/02/2026 at 08:30, 2026-11-26, 10.0.0.1', GB, []],
    ['order 1234567890, v0.12.345.678, x02079460018', GB, []],
    ['02079460018@example.org', GB, []],
  ])('is found in %j', (text, region, dialled) => {
    expect(numbersIn(text, region).map((each) => each.dialled)).toEqual(dialled);
    for (const { from, to, dialled: number } of numbersIn(text, region)) expect(dialledNumber(text.slice(from, to), region)).toBe(number);
  });

  it('is looked for in a time that grows with the text alone', () => {
    const started = performance.now();
    for (const piece of ['0', '+0 ', '(0', '0-', '02 ', '555-', '(555) 210-0199', '+44 (0)20 ']) numbersIn(piece.repeat(4_000), GB);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('is never made of what was typed by adding to it, and nothing throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const dialled = dialledNumber(text, GB);
        if (dialled !== null) expect(dialledNumber(dialled, GB)).toBe(dialled);
        numberToRead(text, GB);
      }),
    );
  });
});
