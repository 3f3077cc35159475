/**
 * The loaded messages of one conversation: the newest page first, older ones as the reader goes back.
 * Kept in the order of the store, which is that of `sequence`.
 */
import type { Failure } from '../../common/model/failure.ts';
import type { ConversationId } from '../../common/model/ids.ts';
import type { Message } from '../../common/model/message.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';

export const PAGE_SIZE = 50;

export class MessagePages {
  readonly conversationId: ConversationId;
  messages = $state.raw<readonly Message[]>([]);
  loaded = $state(false);
  loading = $state(false);
  hasOlder = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly #connection: HostConnection;
  #generation = 0;

  constructor(connection: HostConnection, conversationId: ConversationId) {
    this.#connection = connection;
    this.conversationId = conversationId;
  }

  /** Loads the newest page and forgets what was loaded before: at first sight and after a gap. */
  async reload(): Promise<void> {
    const generation = ++this.#generation;
    this.loading = true;
    const answer = await this.#page(null);
    if (generation !== this.#generation) return;
    this.loading = false;
    this.failure = answer.ok ? null : answer.failure;
    if (!answer.ok) return;
    // What events brought meanwhile and the page does not have yet is kept.
    const newest = answer.value.messages.at(-1)?.sequence ?? -1;
    const known = answer.value.messages.map((message) => message.id);
    const newer = this.messages.filter((message) => message.sequence > newest && !known.includes(message.id));
    this.messages = [...answer.value.messages, ...newer];
    this.hasOlder = answer.value.hasMore;
    this.loaded = true;
  }

  async loadOlder(): Promise<void> {
    const oldest = this.messages[0];
    if (this.loading || !this.loaded || !this.hasOlder || !oldest) return;
    const generation = this.#generation;
    this.loading = true;
    const answer = await this.#page(oldest.sequence);
    if (generation !== this.#generation) return;
    this.loading = false;
    this.failure = answer.ok ? null : answer.failure;
    if (!answer.ok) return;
    const known = this.messages.slice(0, PAGE_SIZE).map((message) => message.id);
    this.messages = [...answer.value.messages.filter((message) => !known.includes(message.id)), ...this.messages];
    this.hasOlder = answer.value.hasMore;
  }

  add(message: Message): void {
    if (this.messages.some((each) => each.id === message.id)) this.change(message);
    else this.messages = [...this.messages, message].sort((a, b) => a.sequence - b.sequence);
  }

  change(message: Message): void {
    this.messages = this.messages.map((each) => (each.id === message.id ? message : each));
  }

  #page(before: number | null) {
    return this.#connection.ask.messaging.page({ conversationId: this.conversationId, before, limit: PAGE_SIZE });
  }
}
