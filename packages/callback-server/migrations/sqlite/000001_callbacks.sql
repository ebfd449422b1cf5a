-- Received callbacks, one row for all repeats. With encryption, merchant is a pseudonym, and the data key encrypts
-- details, body and masked.
CREATE TABLE callbacks (
  sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT    NOT NULL UNIQUE,
  dedup_hash  BLOB    NOT NULL UNIQUE,
  event       TEXT    NOT NULL,
  merchant    TEXT,
  verdict     TEXT    NOT NULL CHECK (verdict IN ('valid', 'drift', 'invalid', 'unparsable')),
  received_at INTEGER NOT NULL,
  seen_count  INTEGER NOT NULL DEFAULT 1,
  body_bytes  INTEGER NOT NULL,
  body_hash   BLOB    NOT NULL,
  data_key    TEXT,
  -- The merchant's id, the status, the violations and the body's SHA-256, as JSON.
  details     BLOB,
  -- The exact bytes until a purge; afterwards a masked copy.
  body        BLOB,
  masked      BLOB
) STRICT;

CREATE INDEX callbacks_of_merchant ON callbacks (merchant, sequence);
CREATE INDEX callbacks_of_event    ON callbacks (event, sequence);
CREATE INDEX callbacks_amiss       ON callbacks (verdict, sequence) WHERE verdict <> 'valid';
CREATE INDEX callbacks_with_body   ON callbacks (received_at) WHERE body IS NOT NULL;

-- Every POST, including repeats. The body of a repeat is stored only if it differs from the first one.
CREATE TABLE receipts (
  sequence          INTEGER PRIMARY KEY AUTOINCREMENT,
  id                TEXT    NOT NULL,
  callback_sequence INTEGER NOT NULL REFERENCES callbacks (sequence),
  received_at       INTEGER NOT NULL,
  body_hash         BLOB    NOT NULL,
  body_bytes        INTEGER NOT NULL,
  -- With encryption, this data key encrypts the two columns below.
  data_key          TEXT,
  differing_body    BLOB,
  -- The sender's address and user agent, as JSON.
  sender            BLOB
) STRICT;

CREATE INDEX receipts_of_callback ON receipts (callback_sequence);

-- The delivery of one callback to one route.
CREATE TABLE deliveries (
  sequence          INTEGER PRIMARY KEY AUTOINCREMENT,
  callback_sequence INTEGER NOT NULL REFERENCES callbacks (sequence),
  route             TEXT    NOT NULL,
  order_key         TEXT    NOT NULL,
  state             TEXT    NOT NULL CHECK (state IN ('due', 'claimed', 'taken', 'dead')),
  next_at           INTEGER NOT NULL,
  attempts          INTEGER NOT NULL DEFAULT 0,
  claim             TEXT,
  -- The run of the server that holds the claim.
  holder            TEXT,
  UNIQUE (callback_sequence, route)
) STRICT;

CREATE INDEX deliveries_due      ON deliveries (next_at, callback_sequence) WHERE state = 'due';
CREATE INDEX deliveries_open     ON deliveries (route, order_key, callback_sequence) WHERE state IN ('due', 'claimed');
CREATE INDEX deliveries_oldest   ON deliveries (callback_sequence) WHERE state IN ('due', 'claimed');
CREATE INDEX deliveries_retrying ON deliveries (route, order_key) WHERE state = 'due' AND attempts > 0;
CREATE INDEX deliveries_dead     ON deliveries (callback_sequence) WHERE state = 'dead';

-- A merchant's callbacks are delivered one at a time.
CREATE UNIQUE INDEX deliveries_claimed ON deliveries (route, order_key) WHERE state = 'claimed';

-- One attempt at a delivery. An attempt without an outcome was cut off, for example by a crash.
CREATE TABLE attempts (
  sequence          INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery_sequence INTEGER NOT NULL REFERENCES deliveries (sequence),
  started_at        INTEGER NOT NULL,
  ended_at          INTEGER,
  outcome           TEXT
) STRICT;

CREATE INDEX attempts_of_delivery ON attempts (delivery_sequence);

-- Violations of the contract: their place and their rule, but never a value of a callback.
CREATE TABLE drift (
  hash       BLOB    PRIMARY KEY,
  event      TEXT    NOT NULL,
  details    BLOB    NOT NULL,
  since      INTEGER NOT NULL,
  last_at    INTEGER NOT NULL,
  count      INTEGER NOT NULL,
  example_id TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- One row, written to check that writing works.
CREATE TABLE probe (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  written_at INTEGER NOT NULL
) STRICT;

-- Maintenance of stored callbacks: what was done, by whom and when.
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at       INTEGER NOT NULL,
  actor    TEXT    NOT NULL,
  action   TEXT    NOT NULL,
  details  TEXT    NOT NULL
) STRICT;

CREATE INDEX receipts_with_body ON receipts (received_at) WHERE differing_body IS NOT NULL;

-- The id of the store's own data key, once there is encryption. Pseudonyms and hashes depend on that key.
CREATE TABLE sealing (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  own_key TEXT    NOT NULL
) STRICT;
