-- Who has signed in to the inbox. The cookie holds the id of the session, and this table only a hash of the id.
CREATE TABLE sessions (
  id_hash    bytea       PRIMARY KEY,
  name       text        NOT NULL,
  -- A hash of the visitor's password hash and roles, keyed with the id: a change of either ends the session.
  proof      bytea       NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL
);

CREATE INDEX sessions_of_name ON sessions (name, created_at);

-- Filters of the list of callbacks that visitors of the inbox have named. With encryption, the query is encrypted.
CREATE TABLE saved_filters (
  owner text  NOT NULL,
  name  text  NOT NULL,
  query bytea NOT NULL,
  PRIMARY KEY (owner, name)
);
