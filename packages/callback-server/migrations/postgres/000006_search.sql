-- Indexes of a large table take minutes, and callbacks that arrive wait for them. Therefore they can be created before this
-- migration, one by one and CONCURRENTLY, with these names.

-- Lists are in the order of the sequence. An index for verdict and event together finds each pair of words, however rare.
CREATE INDEX IF NOT EXISTS callbacks_of_words ON callbacks (verdict, event, sequence);

-- The sequences of each hour. A clock can jump, so only this index leads from a time to sequences.
CREATE INDEX IF NOT EXISTS callbacks_of_hour
  ON callbacks (date_trunc('hour', received_at AT TIME ZONE 'UTC'), sequence) INCLUDE (received_at, verdict);

CREATE INDEX IF NOT EXISTS confirmations_of_state ON confirmations (state, callback_sequence);

-- The keyed hash of the case reference. Callbacks that an earlier version has stored have no hash. Erased callbacks lose it.
ALTER TABLE callbacks ADD COLUMN IF NOT EXISTS case_reference bytea;

-- In blocks of sequences, so that callbacks that arrive together change the same page. In an index of hashes alone, each
-- callback would change another page. A search looks into each block.
CREATE INDEX IF NOT EXISTS callbacks_of_case ON callbacks ((sequence / 1024), case_reference)
  WHERE case_reference IS NOT NULL;

DROP INDEX IF EXISTS callbacks_of_event;
DROP INDEX IF EXISTS callbacks_amiss;
