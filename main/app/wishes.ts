/**
 * Wishes from outside that wait for the user's answer (common/model/wish.ts). Only a few are kept: anybody can make
 * them.
 */
import * as v from 'valibot';
import { WishTarget, type Wish, type WishAction } from '../../common/model/wish.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';

export interface Wishes {
  all(): readonly Wish[];
  /** False where the target is no readable name, number or address. */
  add(action: WishAction, target: string, from: Wish['from']): boolean;
  dismiss(id: string): void;
}

/** A page that opens links in a loop shall not bury the user in questions. */
const MOST = 3;

export function createWishes(
  clock: Clock,
  random: Random,
  hooks: { readonly wished: (wish: Wish) => void; readonly dismissed: (id: string) => void },
): Wishes {
  let wishes: readonly Wish[] = [];

  function dismiss(id: string): void {
    if (!wishes.some((wish) => wish.id === id)) return;
    wishes = wishes.filter((wish) => wish.id !== id);
    hooks.dismissed(id);
  }

  return {
    all: () => wishes,
    add(action, target, from) {
      const parsed = v.safeParse(WishTarget, target);
      if (!parsed.success) return false;
      const same = wishes.find((wish) => wish.action === action && wish.target === parsed.output);
      if (same) dismiss(same.id);
      const oldest = wishes[0];
      if (oldest && wishes.length >= MOST) dismiss(oldest.id);
      const wish: Wish = { id: random.id(), action, target: parsed.output, from, atMs: clock.now() };
      wishes = [...wishes, wish];
      hooks.wished(wish);
      return true;
    },
    dismiss,
  };
}
