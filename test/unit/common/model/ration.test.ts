import { describe, expect, it } from 'vitest';
import { Ration } from '../../../../common/model/ration.ts';

/** How many are given at this moment. */
function given(ration: Ration, nowMs: number): number {
  let count = 0;
  for (; count < 100 && ration.hasLeft(nowMs); count += 1) ration.take();
  return count;
}

describe('a ration', () => {
  it('gives so many at once, then one for each span, parts of a span counted', () => {
    const ration = new Ration(3, 1_000, 10_000);
    expect(given(ration, 10_000)).toBe(3);
    expect(given(ration, 10_999)).toBe(0);
    expect(given(ration, 11_500)).toBe(1);
    expect(given(ration, 12_000)).toBe(1);
  });

  it('gathers no more than it gives at once', () => {
    const ration = new Ration(3, 1_000, 0);
    expect(given(ration, 3_600_000)).toBe(3);
  });

  it('goes on after the clock was set back', () => {
    const ration = new Ration(1, 1_000, 50_000);
    expect(given(ration, 50_000)).toBe(1);
    expect(given(ration, 20_000)).toBe(0);
    expect(given(ration, 21_000)).toBe(1);
  });
});
