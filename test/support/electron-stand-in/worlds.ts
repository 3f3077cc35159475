/**
 * The preload's world: the built preload unchanged, with a `require` that knows what a sandboxed preload's knows.
 * It shares the document with the page's world and nothing else; what passes between them is JSON in events.
 */
import { EVENT } from './page-world.ts';

export const PRELOAD_WORLD = 'preload';
/** Called by the preload world alone. */
export const IPC_BINDING = '__standInIpc';
/** Hands an IPC message to the preload world. */
export const DELIVER = '__standInDeliver';
/** Hands what the system has to say to the page's world. */
export const SYSTEM = '__standInSystem';

/** What comes in from the preload world. */
export type FromPreload =
  | { readonly kind: 'send'; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown[] }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string };

/** Throws for what the structured clone algorithm refuses, and for what it carries and JSON does not. */
export function checkCarried(value: unknown): void {
  structuredClone(value);
  JSON.stringify(value, (_name, part: unknown) => {
    const isPlain =
      part === null ||
      typeof part !== 'object' ||
      Array.isArray(part) ||
      [Object.prototype, null].includes(Object.getPrototypeOf(part) as object);
    if (!isPlain || typeof part === 'bigint' || (typeof part === 'number' && !Number.isFinite(part)))
      throw new Error('the stand-in carries by IPC only what JSON has');
    return part;
  });
}

export function preloadScript(source: string, facts: { argv: readonly string[]; versions: object; platform: string }): string {
  return `(() => {
  const binding = globalThis.${IPC_BINDING};
  delete globalThis.${IPC_BINDING};
  const tell = (message) => binding(JSON.stringify(message));
  const carried = (args) => { structuredClone(args); return args; };
  const toPage = (message) => document.dispatchEvent(new CustomEvent('${EVENT}-to-page', { detail: JSON.stringify(message) }));

  class EventEmitter {
    #listeners = new Map();
    on(name, listener) { this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, once: false }]); return this; }
    once(name, listener) { this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, once: true }]); return this; }
    off(name, listener) {
      const left = [...(this.#listeners.get(name) ?? [])];
      const at = left.findLastIndex((entry) => entry.listener === listener);
      if (at >= 0) left.splice(at, 1);
      this.#listeners.set(name, left);
      return this;
    }
    addListener(name, listener) { return this.on(name, listener); }
    removeListener(name, listener) { return this.off(name, listener); }
    removeAllListeners(name) { if (name === undefined) this.#listeners.clear(); else this.#listeners.delete(name); return this; }
    listenerCount(name) { return this.#listeners.get(name)?.length ?? 0; }
    emit(name, ...args) {
      const entries = this.#listeners.get(name) ?? [];
      for (const entry of entries) {
        if (entry.once) this.off(name, entry.listener);
        entry.listener.apply(this, args);
      }
      return entries.length > 0;
    }
  }

  const waiting = new Map();
  let last = 0;
  class IpcRenderer extends EventEmitter {
    send(channel, ...args) { tell({ kind: 'send', channel, args: carried(args) }); }
    invoke(channel, ...args) {
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        tell({ kind: 'invoke', id, channel, args: carried(args) });
      });
    }
  }
  const ipcRenderer = new IpcRenderer();
  globalThis.${DELIVER} = (message) => {
    if (message.kind === 'send') { ipcRenderer.emit(message.channel, { sender: ipcRenderer, ports: [] }, ...message.args); return; }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) call?.resolve(message.value);
    else call?.reject(new Error(message.error));
  };
  globalThis.${SYSTEM} = (message) => document.dispatchEvent(new CustomEvent('${EVENT}-system', { detail: JSON.stringify(message) }));

  const exposed = new Map();
  document.addEventListener('${EVENT}-to-preload', (event) => {
    const { id, api, name, args } = JSON.parse(event.detail);
    const given = args.map((arg) => ('callback' in arg ? (...values) => toPage({ kind: 'callback', id: arg.callback, args: values }) : arg.value));
    try {
      const value = exposed.get(api)[name](...given);
      if (typeof value?.then !== 'function') { toPage({ kind: 'result', id, value }); return; }
      toPage({ kind: 'result', id, later: true });
      value.then((settled) => toPage({ kind: 'settled', id, value: settled }), (error) => toPage({ kind: 'settled', id, error: String(error?.message ?? error) }));
    } catch (error) {
      toPage({ kind: 'result', id, error: String(error?.message ?? error) });
    }
  });
  const backed = (name, object) => new Proxy(object, {
    get: (target, key) => {
      if (typeof key === 'string' && !(key in target)) throw new Error('the stand-in for Electron does not back ' + name + '.' + key);
      return target[key];
    },
  });
  const electron = backed('electron', {
    ipcRenderer,
    contextBridge: backed('contextBridge', {
      exposeInMainWorld: (name, api) => {
        if (exposed.has(name)) throw new Error('Cannot bind an API on top of an existing property on the window object');
        const functions = Object.keys(api).filter((key) => typeof api[key] === 'function');
        const values = Object.fromEntries(Object.entries(api).filter(([, value]) => typeof value !== 'function'));
        exposed.set(name, api);
        toPage({ kind: 'expose', api: name, functions, values: carried(values) });
      },
    }),
  });

  const events = Object.assign(EventEmitter, { EventEmitter });
  const timers = { setTimeout, setInterval, clearTimeout, clearInterval, setImmediate: (run, ...args) => setTimeout(run, 0, ...args), clearImmediate: clearTimeout };
  const url = { URL, URLSearchParams };
  const modules = { electron, events, timers, url, 'node:events': events, 'node:timers': timers, 'node:url': url };
  const require = (name) => {
    if (Object.hasOwn(modules, name)) return modules[name];
    throw new Error('module not found: ' + name);
  };
  const facts = ${JSON.stringify(facts)};
  const process = Object.freeze({ type: 'renderer', sandboxed: true, contextIsolated: true, isMainFrame: window === top, env: {}, ...facts });
  const module = { exports: {} };
  try {
    (function (require, module, exports, process, Buffer, global, __dirname, __filename) {
${source}
    })(require, module, module.exports, process);
  } catch (error) {
    tell({ kind: 'failed', message: String(error?.message ?? error), stack: String(error?.stack ?? '') });
  }
})();`;
}
