-- One row per line: the open deliveries of one order key, usually a merchant, to one route. A server claims the row instead
-- of a delivery. So the callbacks of a line are delivered one at a time, oldest first, however many wait.
CREATE TABLE lines (
  route        text        NOT NULL,
  order_key    text        NOT NULL,
  -- Number of open deliveries.
  open         integer     NOT NULL,
  -- No open delivery has a smaller callback sequence.
  head         bigint      NOT NULL,
  -- All times of this table are by the clock of the database.
  next_at      timestamptz NOT NULL,
  -- When next_at was set to a later time, after a failed attempt.
  deferred_at  timestamptz,
  -- Attempts at the oldest open delivery, including the running one.
  attempts     integer     NOT NULL DEFAULT 0,
  claim        text,
  -- The callback sequence of the delivery that was claimed last, and the start of its running attempt.
  claimed      bigint,
  started_at   timestamptz,
  -- When the claim expires. Any replica may then take it over.
  leased_until timestamptz,
  PRIMARY KEY (route, order_key)
);

CREATE INDEX lines_fresh    ON lines (route, next_at) WHERE claim IS NULL AND attempts = 0;
CREATE INDEX lines_retries  ON lines (route, next_at) WHERE claim IS NULL AND attempts > 0;
CREATE INDEX lines_deferred ON lines (route, deferred_at) WHERE claim IS NULL AND deferred_at IS NOT NULL;
CREATE INDEX lines_claimed  ON lines (route, leased_until) WHERE claim IS NOT NULL;

ALTER TABLE deliveries RENAME TO old_deliveries;
ALTER TABLE attempts   RENAME TO old_attempts;

-- The delivery of one callback to one route.
CREATE TABLE deliveries (
  callback_sequence bigint NOT NULL,
  route             text   NOT NULL,
  order_key         text   NOT NULL,
  state             text   NOT NULL CHECK (state IN ('open', 'taken', 'dead'))
);

-- One ended attempt at a delivery.
CREATE TABLE attempts (
  callback_sequence bigint      NOT NULL,
  route             text        NOT NULL,
  number            integer     NOT NULL,
  started_at        timestamptz NOT NULL,
  ended_at          timestamptz NOT NULL,
  outcome           text        NOT NULL
);

INSERT INTO deliveries (callback_sequence, route, order_key, state)
SELECT callback_sequence, route, order_key, CASE WHEN state IN ('due', 'claimed') THEN 'open' ELSE state END
FROM old_deliveries;

INSERT INTO attempts (callback_sequence, route, number, started_at, ended_at, outcome)
SELECT callback_sequence, route, row_number() OVER (PARTITION BY delivery_sequence ORDER BY old_attempts.sequence),
  started_at, coalesce(ended_at, started_at), coalesce(outcome, 'was cut off')
FROM old_attempts JOIN old_deliveries ON old_deliveries.sequence = delivery_sequence;

INSERT INTO lines (route, order_key, open, head, next_at, deferred_at, attempts)
SELECT route, order_key, count(*), min(callback_sequence), max(next_at),
  CASE WHEN max(attempts) > 0 THEN timestamptz '1970-01-01' END, max(attempts)
FROM old_deliveries
WHERE state IN ('due', 'claimed')
GROUP BY route, order_key;

DROP TABLE old_attempts;
DROP TABLE old_deliveries;

ALTER TABLE deliveries ADD PRIMARY KEY (callback_sequence, route);
ALTER TABLE deliveries ADD FOREIGN KEY (callback_sequence) REFERENCES callbacks (sequence);
ALTER TABLE attempts   ADD PRIMARY KEY (callback_sequence, route, number);

CREATE INDEX deliveries_open   ON deliveries (route, order_key, callback_sequence) WHERE state = 'open';
CREATE INDEX deliveries_oldest ON deliveries (route, callback_sequence) WHERE state = 'open';
CREATE INDEX deliveries_dead   ON deliveries (route, callback_sequence) WHERE state = 'dead';

-- A repeat has the bytes of the first POST. A repeat whose body differed becomes a callback of its own.
INSERT INTO callbacks (
  sequence, id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash, data_key, body)
SELECT nextval('callback_sequence'), receipts.id, convert_to('repeat ' || receipts.id, 'UTF8'), event, merchant, verdict,
  receipts.received_at, receipts.body_bytes, receipts.body_hash, receipts.data_key, differing_body
FROM receipts JOIN callbacks ON callbacks.sequence = callback_sequence
WHERE differing_body IS NOT NULL
ORDER BY receipts.sequence;

UPDATE receipts SET callback_sequence = callbacks.sequence
FROM callbacks
WHERE differing_body IS NOT NULL AND callbacks.id = receipts.id;

ALTER TABLE receipts DROP COLUMN differing_body;
