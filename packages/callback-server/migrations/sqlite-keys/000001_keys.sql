-- One data key per merchant, wrapped with a master key that is not stored here. Erasing the key erases the merchant, even
-- in older copies of the database: therefore the keys have their own file.
CREATE TABLE keys.data_keys (
  id         TEXT    PRIMARY KEY,
  owner      TEXT    NOT NULL UNIQUE,
  master_key TEXT    NOT NULL,
  wrapped    BLOB    NOT NULL,
  made_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX keys.data_keys_of_master ON data_keys (master_key);

-- The master keys in use, each with a check value that only that key can decrypt.
CREATE TABLE keys.master_keys (
  id     TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
