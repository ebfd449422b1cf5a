-- Indexes of a large table take minutes, and callbacks that arrive wait for them. Therefore they can be created before this
-- migration, one by one and CONCURRENTLY, with these names.

-- Lists are in the order of the sequence. An index for verdict and event together finds each pair of words, however rare.
CREATE INDEX IF NOT EXISTS callbacks_of_words ON callbacks (verdict, event, sequence);

-- The sequences of each hour. A clock can jump, so a time tells nothing of a sequence without this index.
CREATE INDEX IF NOT EXISTS callbacks_of_hour
  ON callbacks (date_trunc('hour', received_at AT TIME ZONE 'UTC'), sequence) INCLUDE (received_at, verdict);

CREATE INDEX IF NOT EXISTS confirmations_of_state ON confirmations (state, callback_sequence);

-- The keyed hash of the case reference. Callbacks that an earlier version has stored have none, and erased ones lose it.
ALTER TABLE callbacks ADD COLUMN IF NOT EXISTS case_reference bytea;

-- In blocks, so that a callback that arrives changes a page that its neighbours change too: an index of hashes alone would
-- have a page of its own for each callback. A search looks into each block.
CREATE INDEX IF NOT EXISTS callbacks_of_case ON callbacks ((sequence / 1024), case_reference)
  WHERE case_reference IS NOT NULL;

DROP INDEX IF EXISTS callbacks_of_event;
DROP INDEX IF EXISTS callbacks_amiss;
