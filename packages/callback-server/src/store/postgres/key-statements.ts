/** The statements by which the PostgreSQL engine keeps keys. */

export const masterKeyChecks: string = `SELECT id, sealed FROM master_keys`;

export const addMasterKeyCheck: string = `
  INSERT INTO master_keys (id, sealed) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`;

export const dropUnusedMasterKeys: string = `
  DELETE FROM master_keys
  WHERE id <> $1 AND NOT EXISTS (SELECT 1 FROM data_keys WHERE master_key = master_keys.id)`;

const wrappedKey = 'id, master_key, wrapped';

export const dataKey: string = `SELECT ${wrappedKey} FROM data_keys WHERE id = $1`;

export const dataKeyOf: string = `SELECT ${wrappedKey} FROM data_keys WHERE owner = $1`;

export const addDataKey: string = `
  INSERT INTO data_keys (id, owner, master_key, wrapped, made_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (owner) DO NOTHING`;

export const dropDataKey: string = `DELETE FROM data_keys WHERE owner = $1`;

export const dataKeysToRewrap: string = `
  SELECT ${wrappedKey} FROM data_keys WHERE master_key <> $1 LIMIT $2`;

export const replaceDataKeys: string = `
  UPDATE data_keys SET master_key = given.master_key, wrapped = given.wrapped
  FROM unnest($1::text[], $2::text[], $3::bytea[]) AS given (id, master_key, wrapped)
  WHERE data_keys.id = given.id`;

export const encryptedUnder: string = `SELECT own_key FROM sealing`;

export const setEncryptedUnder: string = `INSERT INTO sealing (id, own_key) VALUES (1, $1) ON CONFLICT (id) DO NOTHING`;

export const anyCallback: string = `SELECT 1 FROM callbacks LIMIT 1`;
