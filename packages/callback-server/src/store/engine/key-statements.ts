/** The statements on keys. SQLite finds the tables in the attached file of the keys. */

export const masterKeyChecks = `SELECT id, sealed AS check_value FROM master_keys`;

export const addMasterKeyCheck = `
  INSERT INTO master_keys (id, sealed) VALUES ($id, $checkValue) ON CONFLICT (id) DO NOTHING`;

/** From now on no data key is added under these master keys. */
export const retireMasterKeys = `DELETE FROM master_keys WHERE id <> $current`;

/** Finds each master key by one step in the index, however many data keys it wraps. */
export const masterKeysInUse = `
  WITH RECURSIVE used (id) AS (
    SELECT (SELECT min(master_key) FROM data_keys)
    UNION ALL
    SELECT (SELECT min(master_key) FROM data_keys WHERE master_key > used.id) FROM used WHERE used.id IS NOT NULL)
  SELECT id FROM used WHERE id IS NOT NULL`;

export const dataKey = `SELECT id, master_key, wrapped FROM data_keys WHERE id = $id`;

export const dataKeyOf = `SELECT id, master_key, wrapped FROM data_keys WHERE owner = $owner`;

export const dropDataKey = `DELETE FROM data_keys WHERE owner = $owner`;

export const dataKeysToRewrap = `
  SELECT id, master_key, wrapped FROM data_keys
  WHERE master_key <> $current AND id > $after
  ORDER BY id
  LIMIT $limit`;

export const encryptedUnder = `SELECT own_key FROM sealing`;

export const setEncryptedUnder = `
  INSERT INTO sealing (id, own_key) VALUES (1, $storeKey) ON CONFLICT (id) DO NOTHING`;

export const anyStored = `SELECT id FROM callbacks UNION ALL SELECT merchant FROM merchants LIMIT 1`;
