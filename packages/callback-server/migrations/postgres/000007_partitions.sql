-- Each callback once, whatever its partition: no partition knows the hashes of another partition.
CREATE TABLE hashes (
  dedup_hash bytea  NOT NULL,
  -- The sequence and the id of the callback.
  sequence   bigint NOT NULL,
  id         text   NOT NULL,
  seen_count bigint NOT NULL
);

INSERT INTO hashes (dedup_hash, sequence, id, seen_count) SELECT dedup_hash, sequence, id, seen_count FROM callbacks;

ALTER TABLE hashes ADD PRIMARY KEY (dedup_hash);

ALTER TABLE callbacks DROP CONSTRAINT callbacks_dedup_hash_key;
ALTER TABLE callbacks DROP COLUMN seen_count;

-- A partitioned table numbers its rows by a default: identity columns of partitions need PostgreSQL 17.
CREATE SEQUENCE receipt_sequence;
SELECT setval('receipt_sequence', coalesce(max(sequence), 0) + 1, false) FROM receipts;
ALTER TABLE receipts ALTER COLUMN sequence DROP IDENTITY;
ALTER TABLE receipts ALTER COLUMN sequence SET DEFAULT nextval('receipt_sequence');

-- Partition n holds the callbacks with a sequence from n * 10^12, and all that refers to them. A partition ends when the
-- sequence jumps to the next partition. Rows that were stored before are in partition 0, whose indexes have names with `_0`.
ALTER TABLE callbacks     RENAME TO callbacks_0;
ALTER TABLE receipts      RENAME TO receipts_0;
ALTER TABLE deliveries    RENAME TO deliveries_0;
ALTER TABLE attempts      RENAME TO attempts_0;
ALTER TABLE confirmations RENAME TO confirmations_0;

DO $$
DECLARE name text;
BEGIN
  FOR name IN
    SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indrelid IN (
      'callbacks_0'::regclass, 'receipts_0'::regclass, 'deliveries_0'::regclass, 'attempts_0'::regclass,
      'confirmations_0'::regclass)
  LOOP
    EXECUTE format('ALTER INDEX %I RENAME TO %I', name, name || '_0');
  END LOOP;
END $$;

CREATE TABLE callbacks (LIKE callbacks_0 INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (sequence);
CREATE TABLE receipts (LIKE receipts_0 INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (callback_sequence);
CREATE TABLE deliveries (LIKE deliveries_0 INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (callback_sequence);
CREATE TABLE attempts (LIKE attempts_0 INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (callback_sequence);
CREATE TABLE confirmations (LIKE confirmations_0 INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
  PARTITION BY RANGE (callback_sequence);

-- The indexes of every partition. Each partition also has unique indexes, and foreign keys to its own callbacks.
ALTER TABLE callbacks ADD PRIMARY KEY (sequence);
CREATE INDEX callbacks_of_merchant ON callbacks (merchant, sequence);
CREATE INDEX callbacks_with_body   ON callbacks (received_at) WHERE body IS NOT NULL;
CREATE INDEX callbacks_decisions   ON callbacks (merchant, sequence) WHERE event IN ('accept', 'reject');
CREATE INDEX callbacks_of_words    ON callbacks (verdict, event, sequence);
CREATE INDEX callbacks_of_hour
  ON callbacks (date_trunc('hour', received_at AT TIME ZONE 'UTC'), sequence) INCLUDE (received_at, verdict);
CREATE INDEX callbacks_of_case     ON callbacks ((sequence / 1024), case_reference) WHERE case_reference IS NOT NULL;

CREATE INDEX receipts_of_callback ON receipts (callback_sequence, sequence);

ALTER TABLE deliveries ADD PRIMARY KEY (callback_sequence, route);
CREATE INDEX deliveries_open      ON deliveries (route, order_key, callback_sequence) WHERE state = 'open';
CREATE INDEX deliveries_oldest    ON deliveries (route, callback_sequence) WHERE state = 'open';
CREATE INDEX deliveries_dead      ON deliveries (route, callback_sequence) WHERE state = 'dead';
CREATE INDEX deliveries_overtaken ON deliveries (route, callback_sequence) WHERE state = 'overtaken';

ALTER TABLE attempts ADD PRIMARY KEY (callback_sequence, route, number);

ALTER TABLE confirmations ADD PRIMARY KEY (callback_sequence);
CREATE INDEX confirmations_of_state ON confirmations (state, callback_sequence);

ALTER TABLE callbacks     ATTACH PARTITION callbacks_0     FOR VALUES FROM (MINVALUE) TO (1000000000000);
ALTER TABLE receipts      ATTACH PARTITION receipts_0      FOR VALUES FROM (MINVALUE) TO (1000000000000);
ALTER TABLE deliveries    ATTACH PARTITION deliveries_0    FOR VALUES FROM (MINVALUE) TO (1000000000000);
ALTER TABLE attempts      ATTACH PARTITION attempts_0      FOR VALUES FROM (MINVALUE) TO (1000000000000);
ALTER TABLE confirmations ATTACH PARTITION confirmations_0 FOR VALUES FROM (MINVALUE) TO (1000000000000);
