/** SQL of the inbox that both engines run unchanged. */

export const findSession = `SELECT name, proof, created_at, seen_at FROM sessions WHERE id_hash = $idHash`;

export const addSession = `
  INSERT INTO sessions (id_hash, name, proof, created_at, seen_at) VALUES ($idHash, $name, $proof, $createdAt, $createdAt)`;

export const touchSession = `UPDATE sessions SET seen_at = $at WHERE id_hash = $idHash`;

export const dropSession = `DELETE FROM sessions WHERE id_hash = $idHash`;

/** Drops all but the newest sessions of a name. */
export const dropOldestSessions = `
  DELETE FROM sessions
  WHERE name = $name AND id_hash NOT IN (
    SELECT id_hash FROM sessions WHERE name = $name ORDER BY created_at DESC LIMIT $limit)`;

/** A session from the future was made by a clock that was ahead. */
export const dropSessions = `DELETE FROM sessions WHERE created_at < $before OR created_at > $after`;

export const listSavedFilters = `SELECT name, query FROM saved_filters WHERE owner = $owner ORDER BY name`;

/** Changes nothing if the owner already has `$limit` filters with other names. */
export const saveFilter = `
  INSERT INTO saved_filters (owner, name, query)
  SELECT $owner, $name, $query
  WHERE (SELECT count(*) FROM saved_filters WHERE owner = $owner AND name <> $name) < $limit
  ON CONFLICT (owner, name) DO UPDATE SET query = excluded.query`;

export const removeFilter = `DELETE FROM saved_filters WHERE owner = $owner AND name = $name`;
