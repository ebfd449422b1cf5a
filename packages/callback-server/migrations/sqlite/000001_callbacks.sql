-- What was received once, whatever number of times it was posted.
CREATE TABLE callbacks (
  sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT    NOT NULL UNIQUE,
  dedup_key    TEXT    NOT NULL UNIQUE,
  event        TEXT    NOT NULL,
  merchant_id  TEXT,
  status       TEXT,
  verdict      TEXT    NOT NULL CHECK (verdict IN ('valid', 'drift', 'invalid', 'unparsable')),
  violations   TEXT    NOT NULL,
  body         BLOB    NOT NULL,
  body_sha256  TEXT    NOT NULL,
  received_at  INTEGER NOT NULL,
  seen_count   INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX callbacks_of_merchant ON callbacks (merchant_id, sequence);

-- Every POST, duplicates included. A body is kept here too where it differs from the one of its callback.
CREATE TABLE receipts (
  sequence          INTEGER PRIMARY KEY AUTOINCREMENT,
  callback_sequence INTEGER NOT NULL REFERENCES callbacks (sequence),
  received_at       INTEGER NOT NULL,
  body_sha256       TEXT    NOT NULL,
  body_bytes        INTEGER NOT NULL,
  differing_body    BLOB
) STRICT;

CREATE INDEX receipts_of_callback ON receipts (callback_sequence);

-- One callback, to be handed to one route.
CREATE TABLE deliveries (
  sequence          INTEGER PRIMARY KEY AUTOINCREMENT,
  callback_sequence INTEGER NOT NULL REFERENCES callbacks (sequence),
  route             TEXT    NOT NULL,
  order_key         TEXT    NOT NULL,
  state             TEXT    NOT NULL CHECK (state IN ('due', 'claimed', 'taken', 'dead')),
  next_at           INTEGER NOT NULL,
  attempts          INTEGER NOT NULL DEFAULT 0,
  claim             TEXT,
  UNIQUE (callback_sequence, route)
) STRICT;

CREATE INDEX deliveries_due  ON deliveries (next_at) WHERE state = 'due';
CREATE INDEX deliveries_open ON deliveries (route, order_key, sequence) WHERE state IN ('due', 'claimed');

-- One try at a delivery. Without an outcome it was cut off, by a crash for example.
CREATE TABLE attempts (
  sequence          INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery_sequence INTEGER NOT NULL REFERENCES deliveries (sequence),
  started_at        INTEGER NOT NULL,
  ended_at          INTEGER,
  outcome           TEXT
) STRICT;

CREATE INDEX attempts_of_delivery ON attempts (delivery_sequence);

-- One row, written to see whether writing works.
CREATE TABLE probe (
  only       INTEGER PRIMARY KEY CHECK (only = 1),
  written_at INTEGER NOT NULL
) STRICT;
