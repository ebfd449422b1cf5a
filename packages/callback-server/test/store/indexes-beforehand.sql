CREATE INDEX CONCURRENTLY callbacks_of_words ON callbacks (verdict, event, sequence);
CREATE INDEX CONCURRENTLY callbacks_of_hour
  ON callbacks (date_trunc('hour', received_at AT TIME ZONE 'UTC'), sequence) INCLUDE (received_at, verdict);
CREATE INDEX CONCURRENTLY confirmations_of_state ON confirmations (state, callback_sequence);
ALTER TABLE callbacks ADD COLUMN case_reference bytea;
CREATE INDEX CONCURRENTLY callbacks_of_case ON callbacks ((sequence / 1024), case_reference)
  WHERE case_reference IS NOT NULL;
