-- What the check of a callback against the provider's own data has found. A callback that was not checked has no row.
CREATE TABLE confirmations (
  callback_sequence INTEGER PRIMARY KEY REFERENCES callbacks (sequence),
  state             TEXT    NOT NULL CHECK (state IN ('confirmed', 'unconfirmed', 'quarantined', 'released')),
  at                INTEGER NOT NULL,
  -- The pulled document. With encryption, the data key of the callback encrypts it.
  pulled            BLOB
) STRICT;
