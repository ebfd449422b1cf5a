-- Merchants that callbacks are expected of. With encryption, merchant is a pseudonym, and the data key encrypts details.
CREATE TABLE merchants (
  merchant    TEXT    PRIMARY KEY,
  data_key    TEXT,
  -- The merchant's id and its realm, as JSON.
  details     BLOB    NOT NULL,
  -- 1 if the program, an operator, a confirmed callback or a pull has shown that the realm is right.
  trusted     INTEGER NOT NULL,
  state       TEXT    NOT NULL CHECK (state IN ('in-step', 'failing', 'unverifiable')),
  -- When a callback of the merchant was last expected or delivered.
  expected_at INTEGER NOT NULL,
  -- Milliseconds for which the state has lasted, before the delay to the next check.
  quiet_ms    INTEGER NOT NULL,
  delay_ms    INTEGER NOT NULL,
  -- When the two times below were set.
  set_at      INTEGER NOT NULL,
  -- When a check is due, and when the next one is made.
  due_at      INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,
  claim       TEXT,
  -- Why the last check failed.
  reason      TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX merchants_next         ON merchants (trusted, next_at);
CREATE INDEX merchants_set          ON merchants (set_at);
CREATE INDEX merchants_expected     ON merchants (expected_at);
CREATE INDEX merchants_due          ON merchants (due_at) WHERE state <> 'unverifiable';
CREATE INDEX merchants_unverifiable ON merchants (merchant) WHERE state = 'unverifiable';

-- The outcome of the confirmation of a callback. A callback that needed no confirmation has no row. A
-- recovered callback never arrived: the server has made it from a pulled document.
CREATE TABLE new_confirmations (
  callback_sequence INTEGER PRIMARY KEY REFERENCES callbacks (sequence),
  state             TEXT    NOT NULL CHECK (
    state IN ('confirmed', 'unconfirmed', 'quarantined', 'released', 'recovered')),
  at                INTEGER NOT NULL,
  -- The pulled document. With encryption, the data key of the callback encrypts it.
  pulled            BLOB
) STRICT;

INSERT INTO new_confirmations SELECT callback_sequence, state, at, pulled FROM confirmations;
DROP TABLE confirmations;
ALTER TABLE new_confirmations RENAME TO confirmations;

-- The delivery of one callback to one route. An overtaken delivery was not made, because another callback of the merchant
-- says as much or more.
CREATE TABLE new_deliveries (
  callback_sequence INTEGER NOT NULL REFERENCES callbacks (sequence),
  route             TEXT    NOT NULL,
  order_key         TEXT    NOT NULL,
  state             TEXT    NOT NULL CHECK (state IN ('open', 'taken', 'dead', 'overtaken')),
  PRIMARY KEY (callback_sequence, route)
) STRICT, WITHOUT ROWID;

INSERT INTO new_deliveries SELECT callback_sequence, route, order_key, state FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE new_deliveries RENAME TO deliveries;

CREATE INDEX deliveries_open      ON deliveries (route, order_key, callback_sequence) WHERE state = 'open';
CREATE INDEX deliveries_oldest    ON deliveries (route, callback_sequence) WHERE state = 'open';
CREATE INDEX deliveries_dead      ON deliveries (route, callback_sequence) WHERE state = 'dead';
CREATE INDEX deliveries_overtaken ON deliveries (route, callback_sequence) WHERE state = 'overtaken';

-- The decisions of a merchant, however many other callbacks it has.
CREATE INDEX callbacks_decisions ON callbacks (merchant, sequence) WHERE event IN ('accept', 'reject');
