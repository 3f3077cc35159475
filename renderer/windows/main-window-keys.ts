/** The keys of the main window that work wherever the focus is; the list of them is features/settings/WindowKeys.svelte. */
export type MainKey = 'find' | 'settings' | 'keys' | 'next-chat' | 'previous-chat' | 'accept' | 'decline';

const WITH_COMMAND: Readonly<Record<string, MainKey>> = { k: 'find', ',': 'settings', '/': 'keys' };
const WITH_ALT: Readonly<Record<string, MainKey>> = { ArrowDown: 'next-chat', ArrowUp: 'previous-chat', a: 'accept', x: 'decline' };

/** What a key means here, or null. Ctrl and Cmd are the same. */
export function mainKeyOf(event: KeyboardEvent): MainKey | null {
  const isCommand = event.ctrlKey || event.metaKey;
  // Where `/` stands above another key, it takes Shift to type it.
  if (isCommand && !event.altKey && (!event.shiftKey || event.key === '/')) return WITH_COMMAND[event.key.toLowerCase()] ?? null;
  if (!event.altKey || isCommand || event.shiftKey) return null;
  return WITH_ALT[event.key.length === 1 ? letterOf(event) : event.key] ?? null;
}

/** With Option a Mac types another letter than the one on the key. */
function letterOf({ key, code }: KeyboardEvent): string {
  return /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace('Key', '').toLowerCase();
}

/** The one after or before the present one, around the ends; the first or last where there is none. */
export function neighbour<Item extends { readonly id: string }>(items: readonly Item[], id: string | null, step: 1 | -1): Item | null {
  const at = items.findIndex((item) => item.id === id);
  if (at < 0) return items.at(step === 1 ? 0 : -1) ?? null;
  return items[(at + step + items.length) % items.length] ?? null;
}
