/** Notification: what is on the screen, and what a person does with it. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { NotificationAction, NotificationConstructorOptions } from 'electron';
import { makeEvent, plainEvent } from './event.ts';
import { requireReady } from './lifecycle.ts';
import { nativeImage, type NativeImage } from './native-image.ts';

type CloseReason = 'userCanceled' | 'applicationHidden' | 'timedOut';

const onScreen = new Map<string, Notification>();

export class Notification extends EventEmitter {
  readonly id: string;
  readonly groupId: string;
  readonly groupTitle: string;
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  hasReply: boolean;
  replyPlaceholder: string;
  actions: NotificationAction[];
  urgency: 'normal' | 'critical' | 'low';
  timeoutType: 'default' | 'never';
  sound: string;
  closeButtonText: string;
  toastXml: string;
  readonly #icon: NativeImage;

  constructor(options: NotificationConstructorOptions = {}) {
    super();
    requireReady('Cannot create Notification before app is ready');
    const icon = options.icon as NativeImage | string | undefined;
    this.#icon = typeof icon === 'string' ? nativeImage.createFromPath(icon) : (icon ?? nativeImage.createEmpty());
    this.id = options.id || randomUUID();
    this.groupId = options.groupId ?? '';
    this.groupTitle = options.groupTitle ?? '';
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.hasReply = options.hasReply ?? false;
    this.replyPlaceholder = options.replyPlaceholder ?? '';
    this.actions = options.actions ?? [];
    this.urgency = options.urgency ?? 'low';
    this.timeoutType = options.timeoutType ?? 'default';
    this.sound = options.sound ?? '';
    this.closeButtonText = options.closeButtonText ?? '';
    this.toastXml = options.toastXml ?? '';
  }

  static isSupported(): boolean {
    return true;
  }

  /** A notification of the same id is replaced without a word, as in the notification centres. */
  show(): void {
    onScreen.delete(this.id);
    onScreen.set(this.id, this);
    this.emit('show', plainEvent());
  }

  close(): void {
    this.#leave('applicationHidden');
  }

  #leave(reason?: CloseReason): void {
    if (onScreen.get(this.id) !== this) return;
    onScreen.delete(this.id);
    this.emit('close', makeEvent(reason === undefined ? {} : { reason }));
  }

  get standInIcon(): NativeImage {
    return this.#icon;
  }

  standInClick(): void {
    this.emit('click', plainEvent());
    this.#leave();
  }

  standInAction(index: number): void {
    if (!this.actions[index])
      throw new Error(`this notification has the actions ${this.actions.map(({ text }) => text).join(', ') || 'none'}`);
    this.emit('action', makeEvent({ actionIndex: index, selectionIndex: -1 }), index, -1);
    this.#leave();
  }

  standInReply(text: string): void {
    if (!this.hasReply) throw new Error('this notification has no field for a reply');
    this.emit('reply', makeEvent({ reply: text }), text);
    this.#leave();
  }

  standInLeave(reason: CloseReason): void {
    this.#leave(reason);
  }

  standInFail(error: string): void {
    onScreen.delete(this.id);
    this.emit('failed', plainEvent(), error);
  }
}

export const shownNotifications = (): Notification[] => [...onScreen.values()];

export function shownNotification(id: string): Notification {
  const found = onScreen.get(id);
  if (!found) throw new Error(`no notification ${id} is shown; there are: ${[...onScreen.keys()].join(', ') || 'none'}`);
  return found;
}
