ALTER TABLE conversation ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
UPDATE conversation SET answered = 1
  WHERE EXISTS (SELECT 1 FROM message WHERE message.conversation_id = conversation.id AND message.direction = 'outgoing');
