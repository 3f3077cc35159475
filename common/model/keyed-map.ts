/**
 * A map by several values at once, each compared by itself, so that no two places have to build the same text out of
 * them. Keeps the order in which keys were first set, as a Map does.
 */
export class KeyedMap<Key, Value> {
  private readonly entries = new Map<string, readonly [Key, Value]>();
  private readonly parts: (key: Key) => readonly string[];

  /** `parts`: the values of a key that count. */
  constructor(parts: (key: Key) => readonly string[]) {
    this.parts = parts;
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: Key): Value | undefined {
    return this.entries.get(this.text(key))?.[1];
  }

  has(key: Key): boolean {
    return this.entries.has(this.text(key));
  }

  set(key: Key, value: Value): void {
    this.entries.set(this.text(key), [key, value]);
  }

  delete(key: Key): boolean {
    return this.entries.delete(this.text(key));
  }

  clear(): void {
    this.entries.clear();
  }

  /** Those present at the moment; it may be changed meanwhile. */
  values(): Value[] {
    return [...this.entries.values()].map(([, value]) => value);
  }

  [Symbol.iterator](): IterableIterator<readonly [Key, Value]> {
    return [...this.entries.values()][Symbol.iterator]();
  }

  private text(key: Key): string {
    return JSON.stringify(this.parts(key));
  }
}
