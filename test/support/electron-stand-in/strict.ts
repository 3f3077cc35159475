/** What Electron has and the stand-in has not must be noticed: reading it throws, where Node would say `undefined`. */
export function strict<T extends object>(name: string, backed: T): T {
  return new Proxy(backed, {
    get(target, key) {
      if (typeof key === 'string' && !(key in target) && key !== 'then' && key !== 'toJSON')
        throw new Error(`the stand-in for Electron does not back ${name}.${key}`);
      const value: unknown = Reflect.get(target, key, target);
      // Private fields are not reachable through a proxy, so methods run on what is behind it.
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
    set(target, key, value) {
      if (typeof key === 'string' && !(key in target)) throw new Error(`the stand-in for Electron does not back ${name}.${key}`);
      return Reflect.set(target, key, value, target);
    },
  });
}

/** A prototype for objects whose native half is gone: everything but listening and `isDestroyed` throws. */
export function destroyedPrototype(prototype: object): object {
  const allowed = new Set([
    'isDestroyed',
    'on',
    'off',
    'once',
    'addListener',
    'removeListener',
    'removeAllListeners',
    'emit',
    'constructor',
  ]);
  return new Proxy(prototype, {
    get(target, key, receiver): unknown {
      if (typeof key === 'symbol' || allowed.has(key) || !(key in target) || key === 'listenerCount')
        return Reflect.get(target, key, receiver) as unknown;
      throw new TypeError('Object has been destroyed');
    },
  });
}
