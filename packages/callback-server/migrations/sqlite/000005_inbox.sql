-- Who has signed in to the inbox. The cookie holds the id of the session, and this table only a hash of the id.
CREATE TABLE sessions (
  id_hash    BLOB    PRIMARY KEY,
  name       TEXT    NOT NULL,
  -- A hash of the visitor's password hash and roles, keyed with the id: a change of either ends the session.
  proof      BLOB    NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_of_name ON sessions (name, created_at);

-- Filters of the list of callbacks that visitors of the inbox have named. With encryption, the query is encrypted.
CREATE TABLE saved_filters (
  owner TEXT NOT NULL,
  name  TEXT NOT NULL,
  query BLOB NOT NULL,
  PRIMARY KEY (owner, name)
) STRICT, WITHOUT ROWID;
