-- The order in which callbacks arrived. A number is taken before the commit, so gaps and late arrivals are normal.
CREATE SEQUENCE callback_sequence;

-- Received callbacks, one row for all repeats. With encryption, merchant is a pseudonym, and the data key encrypts
-- details, body and masked.
CREATE TABLE callbacks (
  sequence    bigint      PRIMARY KEY,
  id          text        NOT NULL UNIQUE,
  dedup_hash  bytea       NOT NULL UNIQUE,
  event       text        NOT NULL,
  merchant    text,
  verdict     text        NOT NULL CHECK (verdict IN ('valid', 'drift', 'invalid', 'unparsable')),
  received_at timestamptz NOT NULL,
  seen_count  bigint      NOT NULL DEFAULT 1,
  body_bytes  integer     NOT NULL,
  body_hash   bytea       NOT NULL,
  data_key    text,
  -- The merchant's id, the status, the violations and the body's SHA-256, as JSON.
  details     bytea,
  -- The exact bytes until a purge; afterwards a masked copy.
  body        bytea,
  masked      bytea
);

CREATE INDEX callbacks_of_merchant ON callbacks (merchant, sequence);
CREATE INDEX callbacks_of_event    ON callbacks (event, sequence);
CREATE INDEX callbacks_amiss       ON callbacks (verdict, sequence) WHERE verdict <> 'valid';
CREATE INDEX callbacks_with_body   ON callbacks (received_at) WHERE body IS NOT NULL;

-- Every POST, including repeats. The body of a repeat is stored only if it differs from the first one.
CREATE TABLE receipts (
  sequence          bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  id                text        NOT NULL,
  callback_sequence bigint      NOT NULL REFERENCES callbacks (sequence),
  received_at       timestamptz NOT NULL,
  body_hash         bytea       NOT NULL,
  body_bytes        integer     NOT NULL,
  -- With encryption, this data key encrypts the two columns below.
  data_key          text,
  differing_body    bytea,
  -- The sender's address and user agent, as JSON.
  sender            bytea
);

CREATE INDEX receipts_of_callback ON receipts (callback_sequence, sequence);

-- The delivery of one callback to one route.
CREATE TABLE deliveries (
  sequence          bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  callback_sequence bigint      NOT NULL REFERENCES callbacks (sequence),
  route             text        NOT NULL,
  order_key         text        NOT NULL,
  state             text        NOT NULL CHECK (state IN ('due', 'claimed', 'taken', 'dead')),
  next_at           timestamptz NOT NULL,
  attempts          integer     NOT NULL DEFAULT 0,
  claim             text,
  -- When the claim expires, by the clock of the database. Any replica may then take it over.
  leased_until      timestamptz,
  UNIQUE (callback_sequence, route)
);

CREATE INDEX deliveries_due      ON deliveries (next_at, callback_sequence) WHERE state = 'due';
CREATE INDEX deliveries_open     ON deliveries (route, order_key, callback_sequence) WHERE state IN ('due', 'claimed');
CREATE INDEX deliveries_oldest   ON deliveries (callback_sequence) WHERE state IN ('due', 'claimed');
CREATE INDEX deliveries_retrying ON deliveries (route, order_key) WHERE state = 'due' AND attempts > 0;
CREATE INDEX deliveries_dead     ON deliveries (callback_sequence) WHERE state = 'dead';

-- A merchant's callbacks are delivered one at a time, however many replicas claim them.
CREATE UNIQUE INDEX deliveries_claimed ON deliveries (route, order_key) WHERE state = 'claimed';

-- One attempt at a delivery. An attempt without an outcome was cut off, for example by a crash.
CREATE TABLE attempts (
  sequence          bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  delivery_sequence bigint      NOT NULL REFERENCES deliveries (sequence),
  started_at        timestamptz NOT NULL,
  ended_at          timestamptz,
  outcome           text
);

CREATE INDEX attempts_of_delivery ON attempts (delivery_sequence);

-- Violations of the contract: their place and their rule, but never a value of a callback.
CREATE TABLE drift (
  hash       bytea       PRIMARY KEY,
  event      text        NOT NULL,
  details    bytea       NOT NULL,
  since      timestamptz NOT NULL,
  last_at    timestamptz NOT NULL,
  count      bigint      NOT NULL,
  example_id text        NOT NULL
);

-- One row, written to check that writing works.
CREATE TABLE probe (
  id         integer     PRIMARY KEY CHECK (id = 1),
  written_at timestamptz NOT NULL
);

-- Maintenance of stored callbacks: what was done, by whom and when.
CREATE TABLE audit (
  sequence bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  at       timestamptz NOT NULL,
  actor    text        NOT NULL,
  action   text        NOT NULL,
  details  jsonb       NOT NULL
);

CREATE INDEX receipts_with_body ON receipts (received_at) WHERE differing_body IS NOT NULL;

-- The id of the store's own data key, once there is encryption. Pseudonyms and hashes depend on that key.
CREATE TABLE sealing (
  id      integer PRIMARY KEY CHECK (id = 1),
  own_key text    NOT NULL
);

-- One data key per merchant, wrapped with a master key that is not stored here. Erasing the key erases the merchant.
CREATE TABLE data_keys (
  id         text        PRIMARY KEY,
  owner      text        NOT NULL UNIQUE,
  master_key text        NOT NULL,
  wrapped    bytea       NOT NULL,
  made_at    timestamptz NOT NULL
);

CREATE INDEX data_keys_of_master ON data_keys (master_key);

-- The master keys in use, each with a check value that only that key can decrypt.
CREATE TABLE master_keys (
  id     text  PRIMARY KEY,
  sealed bytea NOT NULL
);
