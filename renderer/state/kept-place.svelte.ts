/** Where the user was in the main window, kept over a reload of its page and over a restart. */
import type { ConversationId } from '../../common/model/ids.ts';
import type { Navigation, Section } from './navigation.svelte.ts';

const NAME = 'ahoy.place';

type Place = Pick<Navigation, 'section' | 'conversationId'>;

/** Goes to the place that is kept, if one is, and keeps the place from now on. Returns how to stop. */
export function keepPlace(navigation: Place, storage: Storage): () => void {
  const place = read(storage);
  if (place) {
    navigation.section = place.section;
    // A conversation that is gone shows as none.
    navigation.conversationId = place.conversationId;
  }
  return $effect.root(() => {
    $effect(() => {
      storage.setItem(NAME, JSON.stringify({ section: navigation.section, conversationId: navigation.conversationId }));
    });
  });
}

function read(storage: Storage): Place | null {
  try {
    const kept = JSON.parse(storage.getItem(NAME) ?? 'null') as Record<string, unknown> | null;
    if (!isSection(kept?.['section'])) return null;
    const id = kept['conversationId'];
    return { section: kept['section'], conversationId: typeof id === 'string' ? (id as ConversationId) : null };
  } catch {
    // Written by another version, or not by us: the page begins as a new one does.
    return null;
  }
}

function isSection(value: unknown): value is Section {
  return value === 'chats' || value === 'people' || value === 'calls';
}
