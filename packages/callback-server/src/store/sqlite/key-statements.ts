/** Adds a key, unless its owner has one, or its master key is retired. */
export const addDataKey = `
  INSERT INTO data_keys (id, owner, master_key, wrapped, made_at)
  SELECT $id, $owner, $masterKey, $wrapped, $madeAt FROM master_keys WHERE id = $masterKey
  ON CONFLICT (owner) DO NOTHING`;

export const hasDataKey = `SELECT 1 FROM data_keys WHERE id = $id`;

export const replaceDataKey = `
  UPDATE data_keys SET master_key = $masterKey, wrapped = $wrapped WHERE id = $id`;
