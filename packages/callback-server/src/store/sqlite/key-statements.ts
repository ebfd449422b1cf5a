/** The statements by which the SQLite engine keeps keys, in their own file. */

export const masterKeyChecks: string = `SELECT id, sealed FROM keys.master_keys`;

export const addMasterKeyCheck: string = `
  INSERT INTO keys.master_keys (id, sealed) VALUES ($id, $sealed) ON CONFLICT (id) DO NOTHING`;

export const dropUnusedMasterKeys: string = `
  DELETE FROM keys.master_keys
  WHERE id <> $current AND NOT EXISTS (SELECT 1 FROM keys.data_keys WHERE master_key = master_keys.id)`;

const wrappedKey = 'id, master_key, wrapped';

export const dataKey: string = `SELECT ${wrappedKey} FROM keys.data_keys WHERE id = $id`;

export const dataKeyOf: string = `SELECT ${wrappedKey} FROM keys.data_keys WHERE owner = $owner`;

export const addDataKey: string = `
  INSERT INTO keys.data_keys (id, owner, master_key, wrapped, made_at)
  VALUES ($id, $owner, $masterKey, $wrapped, $madeAt)
  ON CONFLICT (owner) DO NOTHING`;

export const dropDataKey: string = `DELETE FROM keys.data_keys WHERE owner = $owner`;

export const dataKeysToRewrap: string = `
  SELECT ${wrappedKey} FROM keys.data_keys WHERE master_key <> $current LIMIT $limit`;

export const replaceDataKey: string = `
  UPDATE keys.data_keys SET master_key = $masterKey, wrapped = $wrapped WHERE id = $id`;

export const encryptedUnder: string = `SELECT own_key FROM sealing`;

export const setEncryptedUnder: string = `INSERT INTO sealing (id, own_key) VALUES (1, $ownKey) ON CONFLICT (id) DO NOTHING`;

export const anyCallback: string = `SELECT 1 FROM callbacks LIMIT 1`;
