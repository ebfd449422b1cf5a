-- The outcome of the confirmation of a callback. A callback that needed no confirmation has no row.
CREATE TABLE confirmations (
  callback_sequence bigint      PRIMARY KEY REFERENCES callbacks (sequence),
  state             text        NOT NULL CHECK (state IN ('confirmed', 'unconfirmed', 'quarantined', 'released')),
  at                timestamptz NOT NULL,
  -- The pulled document. With encryption, the data key of the callback encrypts it.
  pulled            bytea
);
