/**
 * The scripts that a page gets before its own: the preload in a world of its own, and the page's side of
 * contextBridge. The worlds share the document only; what passes between them is JSON in events.
 */

const EVENT = 'ahoy-stand-in-bridge';
export const PRELOAD_WORLD = 'preload';
/** Called by the preload world alone. */
export const IPC_BINDING = '__standInIpc';
/** Called by the page's world: what Electron does itself when a page calls window.close or window.open. */
export const PAGE_BINDING = '__standInPage';
/** Hands an IPC message to the preload world. */
export const DELIVER = '__standInDeliver';

/** The page's world: functions that call over to the preload, and what a page may not do by itself. */
export function pageSideScript(): string {
  return `(() => {
  const callbacks = new Map();
  let last = 0;
  const toPreload = (message) => document.dispatchEvent(new CustomEvent('${EVENT}-to-preload', { detail: JSON.stringify(message) }));
  document.addEventListener('${EVENT}-to-page', (event) => {
    const message = JSON.parse(event.detail);
    if (message.kind === 'expose') {
      const api = {};
      for (const name of message.functions) {
        api[name] = (...args) => toPreload({ kind: 'call', api: message.api, name, args: args.map((arg) => {
          if (typeof arg !== 'function') return { value: arg };
          last += 1;
          callbacks.set(last, arg);
          return { callback: last };
        }) });
      }
      Object.defineProperty(window, message.api, { value: Object.freeze(api), writable: false, configurable: false, enumerable: true });
    } else if (message.kind === 'callback') callbacks.get(message.id)?.(...message.args);
  });
  const tell = window.${PAGE_BINDING};
  delete window.${PAGE_BINDING};
  window.close = () => tell(JSON.stringify({ kind: 'close' }));
  window.open = (url) => { tell(JSON.stringify({ kind: 'open', url: String(url) })); return null; };
})();`;
}

/** The preload's world: the built preload unchanged, with a require that knows what a sandboxed preload's knows. */
export function preloadScript(source: string): string {
  return `(() => {
  const send = globalThis.${IPC_BINDING};
  const listeners = new Map();
  const exposed = new Map();
  const toPage = (message) => document.dispatchEvent(new CustomEvent('${EVENT}-to-page', { detail: JSON.stringify(message) }));
  globalThis.${DELIVER} = (channel, args) => { for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, ...args); };
  document.addEventListener('${EVENT}-to-preload', (event) => {
    const { api, name, args } = JSON.parse(event.detail);
    exposed.get(api)?.[name]?.(...args.map((arg) => 'callback' in arg ? (...values) => toPage({ kind: 'callback', id: arg.callback, args: values }) : arg.value));
  });
  const electron = {
    ipcRenderer: {
      send: (channel, ...args) => send(JSON.stringify({ channel, args })),
      on: (channel, listener) => { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); return electron.ipcRenderer; },
    },
    contextBridge: {
      exposeInMainWorld: (name, api) => {
        exposed.set(name, api);
        toPage({ kind: 'expose', api: name, functions: Object.keys(api).filter((key) => typeof api[key] === 'function') });
      },
    },
  };
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error('module not found: ' + name);
  };
  (function (require, module, exports) {
${source}
  })(require, { exports: {} }, {});
})();`;
}
