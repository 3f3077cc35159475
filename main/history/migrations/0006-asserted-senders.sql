ALTER TABLE message ADD COLUMN asserted TEXT;
