import { expect, it } from 'vitest';
import { KeyedMap } from '../../../../common/model/keyed-map.ts';

const byTwo = () => new KeyedMap<{ a: string; b: string }, number>(({ a, b }) => [a, b]);

it('finds by every part, and keeps parts apart that would read the same side by side', () => {
  const map = byTwo();
  map.set({ a: 'one two', b: 'three' }, 1);
  map.set({ a: 'one', b: 'two three' }, 2);
  map.set({ a: 'one","two', b: '' }, 3);
  expect(map.get({ a: 'one two', b: 'three' })).toBe(1);
  expect(map.get({ a: 'one', b: 'two three' })).toBe(2);
  expect(map.has({ a: 'one', b: 'two' })).toBe(false);
});

it('replaces in place, forgets, and may be changed while it is gone through', () => {
  const map = byTwo();
  map.set({ a: '1', b: '' }, 1);
  map.set({ a: '2', b: '' }, 2);
  map.set({ a: '1', b: '' }, 10);
  expect(map.values()).toEqual([10, 2]);
  for (const [key] of map) map.delete(key);
  expect(map.values()).toEqual([]);
  expect(map.delete({ a: '1', b: '' })).toBe(false);
});
