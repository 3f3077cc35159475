/** globalShortcut: registered keys, keys that another program has, and a press that a test makes. */
import type { GlobalShortcut } from 'electron';
import { readAccelerator } from './accelerator.ts';
import { requireReady } from './lifecycle.ts';
import { strict } from './strict.ts';

const registered = new Map<string, { accelerator: string; callback: () => void }>();
const taken = new Set<string>();
let suspended = false;

function read(accelerator: string): string {
  requireReady('globalShortcut cannot be used before the app is ready');
  const key = readAccelerator(accelerator);
  if (key === null) throw new TypeError(`Error processing argument at index 0, conversion failure from ${accelerator}`);
  return key;
}

export const globalShortcut = strict('globalShortcut', {
  register(accelerator: string, callback: () => void): boolean {
    const key = read(accelerator);
    if (suspended || taken.has(key) || registered.has(key)) return false;
    registered.set(key, { accelerator, callback });
    return true;
  },
  registerAll(accelerators: string[], callback: () => void): void {
    for (const accelerator of accelerators) globalShortcut.register(accelerator, callback);
  },
  unregister(accelerator: string): void {
    registered.delete(read(accelerator));
  },
  unregisterAll(): void {
    requireReady('globalShortcut cannot be used before the app is ready');
    registered.clear();
  },
  isRegistered: (accelerator: string): boolean => registered.has(read(accelerator)),
  isSuspended: (): boolean => suspended,
  setSuspended(to: boolean): void {
    suspended = to;
  },
} satisfies GlobalShortcut);

export const registeredShortcuts = (): string[] => [...registered.values()].map(({ accelerator }) => accelerator);

/** Another program has it from now on; who registered it before keeps it. */
export function takeShortcut(accelerator: string): void {
  taken.add(read(accelerator));
}

export function giveShortcutBack(accelerator: string): void {
  taken.delete(read(accelerator));
}

export function pressShortcut(accelerator: string): void {
  const found = registered.get(read(accelerator));
  if (!found || suspended)
    throw new Error(`no shortcut ${accelerator} is registered; there are: ${registeredShortcuts().join(', ') || 'none'}`);
  found.callback();
}
