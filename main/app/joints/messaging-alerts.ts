/** A message is announced until it is read. */
import type { Joint } from './joint.ts';

export const messagingAlerts: Joint = (facts, { alerts }) => {
  facts.on('messaging.messageAdded', ({ message, conversation }) => {
    alerts.messageAdded(message, conversation);
  });
  facts.on('messaging.conversationChanged', ({ conversation }) => {
    alerts.conversationChanged(conversation);
  });
  facts.on('messaging.conversationRemoved', ({ conversationId }) => {
    alerts.conversationRemoved(conversationId);
  });
};
