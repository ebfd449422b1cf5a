-- A key for each merchant, wrapped by a master key that is kept elsewhere. Erasing one erases its merchant, also in
-- copies of the database that were made before: that is why the keys have a file of their own.
CREATE TABLE keys.data_keys (
  id         TEXT    PRIMARY KEY,
  owner      TEXT    NOT NULL UNIQUE,
  master_key TEXT    NOT NULL,
  wrapped    BLOB    NOT NULL,
  made_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX keys.data_keys_of_master ON data_keys (master_key);

-- The master keys in use, each with a word that it alone opens.
CREATE TABLE keys.master_keys (
  id     TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
