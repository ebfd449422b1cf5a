-- The keyed hash of the case reference. Callbacks that an earlier version has stored have no hash. Erased callbacks lose it.
ALTER TABLE callbacks ADD COLUMN case_reference BLOB;

-- In blocks of sequences, so that callbacks that arrive together change the same page. In an index of hashes alone, each
-- callback would change another page. A search looks into each block.
CREATE INDEX callbacks_of_case ON callbacks (sequence / 1024, case_reference) WHERE case_reference IS NOT NULL;

-- Lists are in the order of the sequence. An index for verdict and event together finds each pair of words, however rare.
CREATE INDEX callbacks_of_words ON callbacks (verdict, event, sequence);
DROP INDEX callbacks_of_event;
DROP INDEX callbacks_amiss;

-- The sequences of each hour. A clock can jump, so only this index leads from a time to sequences.
CREATE INDEX callbacks_of_hour ON callbacks (received_at / 3600000, sequence, verdict);

CREATE INDEX confirmations_of_state ON confirmations (state, callback_sequence);
