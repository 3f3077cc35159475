/**
 * The page's world, before the page's scripts: its side of contextBridge, what a page may not do by itself, and
 * whether the window is seen and has the focus, which is the stand-in's to say and not that of Chromium's tab.
 */

export const EVENT = 'ahoy-stand-in-bridge';
/** Called by the page's world: what Electron itself would notice of a page. */
export const PAGE_BINDING = '__standInPage';

export interface Looks {
  readonly focused: boolean;
  readonly visible: boolean;
}

export type FromPage =
  | { readonly kind: 'close' }
  | { readonly kind: 'open'; readonly url: string; readonly frameName: string; readonly features: string; readonly disposition: string }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'capture'; readonly of: 'user' | 'display'; readonly id: number; readonly video: boolean; readonly audio: boolean };

/** What the system says to a page. */
export type ToPage =
  | ({ readonly kind: 'looks'; readonly initial: boolean } & Looks)
  | { readonly kind: 'capture'; readonly id: number; readonly refusal: string | null };

/** Run after `pageSideScript` and before the page's own scripts. */
export function initialLooksScript(looks: Looks): string {
  const message: ToPage = { kind: 'looks', initial: true, ...looks };
  return `document.dispatchEvent(new CustomEvent('${EVENT}-system', { detail: ${JSON.stringify(JSON.stringify(message))} }));`;
}

export function pageSideScript(): string {
  return `(() => {
  const binding = window.${PAGE_BINDING};
  delete window.${PAGE_BINDING};
  const tell = (message) => binding(JSON.stringify(message));
  let last = 0;

  // contextBridge
  const callbacks = new Map();
  const results = new Map();
  const promises = new Map();
  const failure = (message) => new Error(message);
  function call(api, name, args) {
    last += 1;
    const id = last;
    const passed = args.map((arg) => {
      if (typeof arg !== 'function') return { value: structuredClone(arg) };
      last += 1;
      callbacks.set(last, arg);
      return { callback: last };
    });
    document.dispatchEvent(new CustomEvent('${EVENT}-to-preload', { detail: JSON.stringify({ id, api, name, args: passed }) }));
    const result = results.get(id);
    results.delete(id);
    if (result?.error !== undefined) throw failure(result.error);
    if (result?.later) return new Promise((resolve, reject) => promises.set(id, { resolve, reject }));
    return result?.value;
  }
  document.addEventListener('${EVENT}-to-page', (event) => {
    const message = JSON.parse(event.detail);
    if (message.kind === 'expose') {
      const api = { ...message.values };
      for (const name of message.functions) api[name] = (...args) => call(message.api, name, args);
      Object.defineProperty(window, message.api, { value: Object.freeze(api), writable: false, configurable: false, enumerable: true });
    } else if (message.kind === 'callback') callbacks.get(message.id)?.(...message.args);
    else if (message.kind === 'result') results.set(message.id, message);
    else if (message.kind === 'settled') {
      const promise = promises.get(message.id);
      promises.delete(message.id);
      if (message.error === undefined) promise?.resolve(message.value);
      else promise?.reject(failure(message.error));
    }
  });

  // New windows
  const open = (url, frameName = '', features = '', disposition = 'foreground-tab') => {
    let address;
    try { address = new URL(url, document.baseURI).href; } catch { return; }
    tell({ kind: 'open', url: address, frameName, features, disposition });
  };
  window.close = () => tell({ kind: 'close' });
  window.open = (url = 'about:blank', name = '', features = '') => { open(String(url), String(name), String(features), features ? 'new-window' : 'foreground-tab'); return null; };
  const follow = (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.href);
    const aside = event.type === 'auxclick' ? event.button === 1 : event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || event.defaultPrevented || (!aside && ['', '_self', '_top', '_parent'].includes(link.target))) return;
    event.preventDefault();
    open(link.href, link.target, '', event.shiftKey ? 'new-window' : aside ? 'background-tab' : 'foreground-tab');
  };
  window.addEventListener('click', follow);
  window.addEventListener('auxclick', follow);

  // Focus and visibility
  const looks = { focused: false, visible: true };
  const mine = (name, get) => Object.defineProperty(Document.prototype, name, { get, configurable: true, enumerable: true });
  mine('hidden', () => !looks.visible);
  mine('visibilityState', () => (looks.visible ? 'visible' : 'hidden'));
  Document.prototype.hasFocus = () => looks.focused;
  for (const name of ['focus', 'blur', 'visibilitychange'])
    window.addEventListener(name, (event) => {
      if (event.isTrusted && (event.target === window || event.target === document)) event.stopImmediatePropagation();
    }, true);
  const captures = new Map();
  document.addEventListener('${EVENT}-system', (event) => {
    const message = JSON.parse(event.detail);
    if (message.kind === 'capture') {
      const waiting = captures.get(message.id);
      captures.delete(message.id);
      if (message.refusal === null) waiting?.go();
      else waiting?.refuse(new DOMException('Permission denied', message.refusal));
      return;
    }
    const before = { ...looks };
    looks.focused = message.focused;
    looks.visible = message.visible;
    if (message.initial) return;
    if (before.visible !== looks.visible) document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    if (before.focused !== looks.focused) window.dispatchEvent(new FocusEvent(looks.focused ? 'focus' : 'blur'));
  });

  // Microphone, camera and display, which the app has to let through: the tests' Chromium itself asks nobody
  const media = navigator.mediaDevices;
  const guard = (name, of, wants) => {
    if (!media?.[name]) return;
    const capture = media[name].bind(media);
    media[name] = (options) => new Promise((resolve, reject) => {
      last += 1;
      captures.set(last, { go: () => capture(options).then(resolve, reject), refuse: reject });
      tell({ kind: 'capture', of, id: last, ...wants(options ?? {}) });
    });
  };
  guard('getUserMedia', 'user', ({ audio, video }) => ({ audio: Boolean(audio), video: Boolean(video) }));
  guard('getDisplayMedia', 'display', ({ audio, video }) => ({ audio: Boolean(audio), video: video !== false }));

  // The title
  if (window === top) window.addEventListener('DOMContentLoaded', () => {
    let told = '';
    const look = () => {
      if (document.title === told) return;
      told = document.title;
      tell({ kind: 'title', title: told });
    };
    new MutationObserver(look).observe(document.head, { childList: true, characterData: true, subtree: true });
    look();
  });
})();`;
}
