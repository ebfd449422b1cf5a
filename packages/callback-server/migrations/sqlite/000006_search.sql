-- The keyed hash of the case reference. Callbacks that an earlier version has stored have none, and erased ones lose it.
ALTER TABLE callbacks ADD COLUMN case_reference BLOB;

-- In blocks, so that a callback that arrives changes a page that its neighbours change too: an index of hashes alone would
-- have a page of its own for each callback. A search looks into each block.
CREATE INDEX callbacks_of_case ON callbacks (sequence / 1024, case_reference) WHERE case_reference IS NOT NULL;

-- Lists are in the order of the sequence. An index for verdict and event together finds each pair of words, however rare.
CREATE INDEX callbacks_of_words ON callbacks (verdict, event, sequence);
DROP INDEX callbacks_of_event;
DROP INDEX callbacks_amiss;

-- The sequences of each hour. A clock can jump, so a time tells nothing of a sequence without this index.
CREATE INDEX callbacks_of_hour ON callbacks (received_at / 3600000, sequence, verdict);

CREATE INDEX confirmations_of_state ON confirmations (state, callback_sequence);
