import { expect, it } from 'vitest';
import type { ClientId } from '../../../../common/model/ids.ts';
import { createReachability } from '../../../../main/app/reachability.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

const id = (name: string): ClientId => name as ClientId;

function setUp(hasOwnBell: boolean) {
  const clock = createFakeClock();
  const changes: boolean[] = [];
  const reachability = createReachability(clock, hasOwnBell, (isReachable) => changes.push(isReachable));
  return { clock, changes, reachability };
}

it('Without a bell of its own a host is reachable while a page is open, a reload included', () => {
  const { clock, changes, reachability } = setUp(false);
  reachability.connected(id('page'), 'main');
  clock.advance(3_600_000);
  reachability.gone(id('page'));
  clock.advance(9_000);
  reachability.connected(id('reloaded'), 'main');
  clock.advance(3_600_000);
  expect(changes).toEqual([]);
  reachability.gone(id('reloaded'));
  clock.advance(10_000);
  expect(reachability.isReachable()).toBe(false);
  reachability.connected(id('again'), 'main');
  expect(changes).toEqual([false, true]);
});

it('Neither a program nor a call window is a bell, and a start without a page has half a minute', () => {
  const { clock, changes, reachability } = setUp(false);
  reachability.connected(id('program'), 'program');
  reachability.connected(id('call'), 'call');
  clock.advance(29_000);
  expect(changes).toEqual([]);
  clock.advance(1_000);
  expect(changes).toEqual([false]);
});

it('A host that rings by itself is reachable with all windows closed', () => {
  const { clock, changes, reachability } = setUp(true);
  reachability.connected(id('page'), 'main');
  reachability.gone(id('page'));
  clock.advance(3_600_000);
  expect(changes).toEqual([]);
});
