/**
 * What is typed in one conversation: saved a moment after the last key, at once when the reader leaves,
 * and given up only when the message was taken.
 */
import type { Failure } from '../../../common/model/failure.ts';
import { LONGEST_TEXT, type Conversation } from '../../../common/model/message.ts';
import type { MessagingStore } from '../../state/messaging.svelte.ts';

const SAVE_AFTER_MS = 500;

export class Draft {
  text = $state('');
  sending = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly #messaging: MessagingStore;
  readonly #conversation: Conversation;
  #saved: string;
  #timer: ReturnType<typeof setTimeout> | null = null;

  readonly tooLongBy = $derived(Math.max(0, this.text.trim().length - LONGEST_TEXT));
  readonly sendable = $derived(this.text.trim() !== '' && this.tooLongBy === 0 && !this.sending);

  constructor(messaging: MessagingStore, conversation: Conversation) {
    this.#messaging = messaging;
    this.#conversation = conversation;
    this.text = conversation.draft;
    this.#saved = conversation.draft;
  }

  /** To be called after each change. */
  typed(): void {
    this.failure = null;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  /** Saves now what is not saved yet. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const text = this.text.slice(0, LONGEST_TEXT);
    if (text === this.#saved || this.sending) return;
    const before = this.#saved;
    this.#saved = text;
    const answer = await this.#messaging.saveDraft(this.#conversation.id, text);
    // Not kept: the next flush tries again.
    if (!answer.ok && this.#saved === text) this.#saved = before;
  }

  async send(): Promise<boolean> {
    if (!this.sendable) return false;
    const written = this.text;
    this.sending = true;
    this.failure = null;
    const answer = await this.#messaging.send(this.#conversation.id, written.trim());
    this.sending = false;
    if (!answer.ok) {
      this.failure = answer.failure;
      void this.flush();
      return false;
    }
    // What was typed behind it meanwhile stays.
    this.text = this.text.startsWith(written) ? this.text.slice(written.length) : this.text;
    await this.flush();
    return true;
  }
}
