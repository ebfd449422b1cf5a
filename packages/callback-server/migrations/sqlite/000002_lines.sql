-- One row per line: the open deliveries of one order key, usually a merchant, to one route. A server claims the row instead
-- of a delivery. So the callbacks of a line are delivered one at a time, oldest first, however many wait.
CREATE TABLE lines (
  route       TEXT    NOT NULL,
  order_key   TEXT    NOT NULL,
  -- Number of open deliveries.
  open        INTEGER NOT NULL,
  -- No open delivery has a smaller callback sequence.
  head        INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,
  -- When next_at was set to a later time, after a failed attempt.
  deferred_at INTEGER,
  -- Attempts at the oldest open delivery, including the running one.
  attempts    INTEGER NOT NULL DEFAULT 0,
  claim       TEXT,
  -- The callback sequence of the delivery that was claimed last, and the start of its running attempt.
  claimed     INTEGER,
  started_at  INTEGER,
  -- The run of the server that holds the claim.
  holder      TEXT,
  PRIMARY KEY (route, order_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX lines_fresh    ON lines (route, next_at) WHERE claim IS NULL AND attempts = 0;
CREATE INDEX lines_retries  ON lines (route, next_at) WHERE claim IS NULL AND attempts > 0;
CREATE INDEX lines_deferred ON lines (route, deferred_at) WHERE claim IS NULL AND deferred_at IS NOT NULL;
CREATE INDEX lines_claimed  ON lines (route, holder) WHERE claim IS NOT NULL;

ALTER TABLE deliveries RENAME TO old_deliveries;
ALTER TABLE attempts   RENAME TO old_attempts;

-- The delivery of one callback to one route.
CREATE TABLE deliveries (
  callback_sequence INTEGER NOT NULL REFERENCES callbacks (sequence),
  route             TEXT    NOT NULL,
  order_key         TEXT    NOT NULL,
  state             TEXT    NOT NULL CHECK (state IN ('open', 'taken', 'dead')),
  PRIMARY KEY (callback_sequence, route)
) STRICT, WITHOUT ROWID;

-- One ended attempt at a delivery.
CREATE TABLE attempts (
  callback_sequence INTEGER NOT NULL,
  route             TEXT    NOT NULL,
  number            INTEGER NOT NULL,
  started_at        INTEGER NOT NULL,
  ended_at          INTEGER NOT NULL,
  outcome           TEXT    NOT NULL,
  PRIMARY KEY (callback_sequence, route, number)
) STRICT, WITHOUT ROWID;

INSERT INTO deliveries (callback_sequence, route, order_key, state)
SELECT callback_sequence, route, order_key, CASE WHEN state IN ('due', 'claimed') THEN 'open' ELSE state END
FROM old_deliveries;

INSERT INTO attempts (callback_sequence, route, number, started_at, ended_at, outcome)
SELECT callback_sequence, route, row_number() OVER (PARTITION BY delivery_sequence ORDER BY old_attempts.sequence),
  started_at, coalesce(ended_at, started_at), coalesce(outcome, 'was cut off')
FROM old_attempts JOIN old_deliveries ON old_deliveries.sequence = delivery_sequence;

INSERT INTO lines (route, order_key, open, head, next_at, deferred_at, attempts)
SELECT route, order_key, count(*), min(callback_sequence), max(next_at), CASE WHEN max(attempts) > 0 THEN 0 END,
  max(attempts)
FROM old_deliveries
WHERE state IN ('due', 'claimed')
GROUP BY route, order_key;

DROP TABLE old_attempts;
DROP TABLE old_deliveries;

CREATE INDEX deliveries_open   ON deliveries (route, order_key, callback_sequence) WHERE state = 'open';
CREATE INDEX deliveries_oldest ON deliveries (route, callback_sequence) WHERE state = 'open';
CREATE INDEX deliveries_dead   ON deliveries (route, callback_sequence) WHERE state = 'dead';

-- A repeat has the bytes of the first POST. A repeat whose body differed becomes a callback of its own.
INSERT INTO callbacks (id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash, data_key, body)
SELECT receipts.id, CAST('repeat ' || receipts.id AS BLOB), event, merchant, verdict, receipts.received_at,
  receipts.body_bytes, receipts.body_hash, receipts.data_key, differing_body
FROM receipts JOIN callbacks ON callbacks.sequence = callback_sequence
WHERE differing_body IS NOT NULL
ORDER BY receipts.sequence;

UPDATE receipts SET callback_sequence = (SELECT callbacks.sequence FROM callbacks WHERE callbacks.id = receipts.id)
WHERE differing_body IS NOT NULL;

DROP INDEX receipts_with_body;
ALTER TABLE receipts DROP COLUMN differing_body;
