-- A conversation shows the calls with its peer, and pages stand in the order of time and id.
CREATE INDEX call_record_by_peer ON call_record (account_id, peer, started_at_ms, id);
DROP INDEX call_record_by_start;
CREATE INDEX call_record_by_start ON call_record (started_at_ms, id);
