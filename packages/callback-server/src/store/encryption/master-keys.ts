/** A key that wraps data keys, and is never kept beside them. */
export interface MasterKey {
  /** Names it, so that keys can be told apart while they rotate. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/**
 * Master keys as an environment or a file gives them: `id:base64`, separated by commas or lines. The first wraps what is
 * new; the others open what is older.
 *
 * @throws TypeError saying what is wrong, and nothing of a key.
 */
export function parseMasterKeys(text: string): MasterKey[] {
  const keys = text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseMasterKey);
  if (keys.length === 0) throw new TypeError('holds no master key. Give `id:` and 32 bytes in base64.');
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    throw new TypeError('has two master keys of one id. Give each its own.');
  return keys;
}

function parseMasterKey(part: string, index: number): MasterKey {
  const [, id, base64] = /^([\w.-]{1,64}):([A-Za-z0-9+/]{43}=)$/.exec(part) ?? [];
  if (!id || !base64)
    throw new TypeError(`has a wrong master key, number ${index + 1}. Give \`id:\` and 32 bytes in base64.`);
  return { id, key: Buffer.from(base64, 'base64') };
}
