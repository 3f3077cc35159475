/** The keys of the main window that work wherever the focus is. */
export type MainKey = 'find' | 'settings' | 'next-chat' | 'previous-chat';

/** What a key means here, or null. Ctrl and Cmd are the same; Alt with an arrow moves between chats. */
export function mainKeyOf(event: KeyboardEvent): MainKey | null {
  if (event.shiftKey) return null;
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (isCommand && event.key.toLowerCase() === 'k') return 'find';
  if (isCommand && event.key === ',') return 'settings';
  if (!event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.key === 'ArrowDown') return 'next-chat';
  return event.key === 'ArrowUp' ? 'previous-chat' : null;
}

/** The one after or before the present one, around the ends; the first or last where there is none. */
export function neighbour<Item extends { readonly id: string }>(items: readonly Item[], id: string | null, step: 1 | -1): Item | null {
  const at = items.findIndex((item) => item.id === id);
  if (at < 0) return items.at(step === 1 ? 0 : -1) ?? null;
  return items[(at + step + items.length) % items.length] ?? null;
}
