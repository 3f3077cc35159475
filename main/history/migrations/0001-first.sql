CREATE TABLE account (
  id TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  has_password INTEGER NOT NULL,
  colour INTEGER NOT NULL,
  is_practice INTEGER NOT NULL,
  instance_id TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE conversation (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  peer TEXT NOT NULL,
  peer_display_name TEXT NOT NULL,
  unread_count INTEGER NOT NULL DEFAULT 0,
  draft TEXT NOT NULL DEFAULT '',
  changed_at_ms INTEGER NOT NULL,
  last_sequence INTEGER,
  UNIQUE (account_id, peer)
) STRICT;

CREATE TABLE message (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
  text TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('received', 'queued', 'sending', 'sent', 'stored', 'failed')),
  failure TEXT,
  wire_key TEXT NOT NULL,
  UNIQUE (conversation_id, wire_key)
) STRICT;

CREATE INDEX message_by_conversation ON message (conversation_id, sequence);
CREATE INDEX message_unsent ON message (state, sequence) WHERE state IN ('queued', 'sending');

CREATE TABLE call_record (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
  peer TEXT NOT NULL,
  peer_display_name TEXT NOT NULL,
  video INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  failure TEXT,
  unseen INTEGER NOT NULL
) STRICT;

CREATE INDEX call_record_by_start ON call_record (started_at_ms);
CREATE INDEX call_record_unseen ON call_record (unseen) WHERE unseen = 1;

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  addresses TEXT NOT NULL,
  favourite INTEGER NOT NULL,
  is_practice INTEGER NOT NULL
) STRICT;

CREATE TABLE value (
  name TEXT PRIMARY KEY,
  content TEXT NOT NULL
) STRICT;
