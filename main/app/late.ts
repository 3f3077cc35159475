/** A reference to something that is made later. Using it too early throws, instead of finding nothing. */
export interface Late<T> {
  readonly get: () => T;
  readonly set: (value: T) => T;
}

export function late<T>(name: string): Late<T> {
  let held: { readonly value: T } | null = null;
  return {
    get() {
      if (!held) throw new Error(`${name} is used before it is made`);
      return held.value;
    },
    set(value) {
      held = { value };
      return value;
    },
  };
}
