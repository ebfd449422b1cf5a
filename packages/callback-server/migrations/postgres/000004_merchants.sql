-- Merchants that callbacks are expected of. With encryption, merchant is a pseudonym, and the data key encrypts details.
CREATE TABLE merchants (
  merchant    text        PRIMARY KEY,
  data_key    text,
  -- The merchant's id and its realm, as JSON.
  details     bytea       NOT NULL,
  -- 1 if the program, an operator, a confirmed callback or a pull has shown that the realm is right.
  trusted     integer     NOT NULL,
  state       text        NOT NULL CHECK (state IN ('in-step', 'failing', 'unverifiable')),
  -- When a callback of the merchant was last expected or delivered. All times are by the clock of the database.
  expected_at timestamptz NOT NULL,
  -- Milliseconds for which the state has lasted, before the delay to the next check.
  quiet_ms    bigint      NOT NULL,
  delay_ms    bigint      NOT NULL,
  -- When the two times below were set.
  set_at      timestamptz NOT NULL,
  -- When a check is due, and when the next one is made.
  due_at      timestamptz NOT NULL,
  next_at     timestamptz NOT NULL,
  claim       text,
  -- Why the last check failed.
  reason      text
);

CREATE INDEX merchants_next         ON merchants (trusted, next_at);
CREATE INDEX merchants_set          ON merchants (set_at);
CREATE INDEX merchants_expected     ON merchants (expected_at);
CREATE INDEX merchants_due          ON merchants (due_at) WHERE state <> 'unverifiable';
CREATE INDEX merchants_unverifiable ON merchants (merchant) WHERE state = 'unverifiable';

-- The replica that checks merchants, in one row.
CREATE TABLE sweeps (
  id           integer     PRIMARY KEY CHECK (id = 1),
  holder       text        NOT NULL,
  renewed_at   timestamptz NOT NULL,
  leased_until timestamptz NOT NULL
);

-- A recovered callback never arrived: the server has made it from a pulled document.
ALTER TABLE confirmations DROP CONSTRAINT confirmations_state_check;
ALTER TABLE confirmations ADD CHECK (
  state IN ('confirmed', 'unconfirmed', 'quarantined', 'released', 'recovered'));

-- An overtaken delivery was not made, because another callback of the merchant says as much or more. The name of the
-- constraint comes from a table of the first migration or of the second migration.
ALTER TABLE deliveries DROP CONSTRAINT IF EXISTS deliveries_state_check;
ALTER TABLE deliveries DROP CONSTRAINT IF EXISTS deliveries_state_check1;
ALTER TABLE deliveries ADD CHECK (state IN ('open', 'taken', 'dead', 'overtaken'));

CREATE INDEX deliveries_overtaken ON deliveries (route, callback_sequence) WHERE state = 'overtaken';

-- The decisions of a merchant, however many other callbacks it has.
CREATE INDEX callbacks_decisions ON callbacks (merchant, sequence) WHERE event IN ('accept', 'reject');
