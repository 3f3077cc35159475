/** What the menus of a conversation offer: that of its row, and that above its messages. */
import Bell from '@lucide/svelte/icons/bell';
import BellOff from '@lucide/svelte/icons/bell-off';
import MailPlus from '@lucide/svelte/icons/mail-plus';
import Trash from '@lucide/svelte/icons/trash';
import type { Conversation } from '../../../common/model/message.ts';
import { m } from '../../../common/text/generated/messages.js';
import type { Stores } from '../../state/stores.svelte.ts';
import type { MenuItem } from '../../ui/menu-item.ts';

/** Offered by a message as well: that is where one sees that there is something to answer. */
export function replyLaterItem(stores: Stores, { id }: Conversation): MenuItem {
  return { label: m.conversation_reply_later(), icon: MailPlus, onselect: () => void stores.navigation.replyLater(id) };
}

export function conversationItems(stores: Stores, conversation: Conversation, onremove: () => void): readonly MenuItem[] {
  const muted = !conversation.muted;
  return [
    ...(conversation.unreadCount > 0 ? [] : [replyLaterItem(stores, conversation)]),
    {
      label: muted ? m.conversation_mute() : m.conversation_unmute(),
      icon: muted ? BellOff : Bell,
      onselect: () => void stores.navigation.setMuted(conversation.id, muted),
    },
    { label: m.chats_remove(), icon: Trash, danger: true, onselect: onremove },
  ];
}
