/**
 * What is loaded of a long list that the host keeps: the newest page first, older ones as the reader scrolls back, and
 * on top of them what events bring. The oldest comes first.
 */
import type { Failure, Outcome } from '../../common/model/failure.ts';

const PAGE_SIZE = 50;

export interface PagesOptions<Item> {
  /** Asks for the page behind an item, or for the newest page. */
  readonly ask: (oldest: Item | null, limit: number) => Promise<Outcome<{ readonly items: readonly Item[]; readonly hasMore: boolean }>>;
  /** The order of the host's list: below 0 where `a` is the older one. */
  readonly compare: (a: Item, b: Item) => number;
}

export class Pages<Item extends { readonly id: string }> {
  items = $state.raw<readonly Item[]>([]);
  loaded = $state(false);
  loading = $state(false);
  hasOlder = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly #options: PagesOptions<Item>;
  #generation = 0;

  constructor(options: PagesOptions<Item>) {
    this.#options = options;
  }

  /** Loads the newest page and forgets what was loaded before: at first sight and after a gap. */
  async reload(): Promise<void> {
    const generation = ++this.#generation;
    const page = await this.#load(null, generation);
    if (!page) return;
    // What events brought meanwhile and the page does not have yet is kept.
    const newest = page.items.reduce<Item | null>((last, item) => (last && this.#options.compare(last, item) > 0 ? last : item), null);
    const newer = this.items.filter((item) => newest === null || this.#options.compare(newest, item) < 0);
    this.items = this.#merged(page.items, newer);
    this.loaded = true;
  }

  async loadOlder(): Promise<void> {
    const oldest = this.items[0];
    if (this.loading || !this.loaded || !this.hasOlder || !oldest) return;
    const page = await this.#load(oldest, this.#generation);
    if (page) this.items = this.#merged(page.items, this.items);
  }

  /** Adds an item, or puts it in the place of the one with its id. */
  add(item: Item): void {
    this.items = this.#merged([item], this.items);
  }

  change(item: Item): void {
    this.items = this.items.map((each) => (each.id === item.id ? item : each));
  }

  remove(id: Item['id']): void {
    this.items = this.items.filter((each) => each.id !== id);
  }

  async #load(oldest: Item | null, generation: number) {
    this.loading = true;
    const answer = await this.#options.ask(oldest, PAGE_SIZE);
    if (generation !== this.#generation) return null;
    this.loading = false;
    this.failure = answer.ok ? null : answer.failure;
    if (answer.ok) this.hasOlder = answer.value.hasMore;
    return answer.ok ? answer.value : null;
  }

  #merged(first: readonly Item[], others: readonly Item[]): readonly Item[] {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- lives for this line alone
    const ids = new Set(first.map(({ id }) => id));
    return [...first, ...others.filter(({ id }) => !ids.has(id))].sort(this.#options.compare);
  }
}
