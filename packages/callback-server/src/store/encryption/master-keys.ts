import type { MasterKey } from '../engine/store-options.ts';

/**
 * Parses master keys as a setting or a file gives them: `id:base64`, separated by commas or lines. The first key wraps
 * new data keys; the others unwrap older ones.
 *
 * @throws TypeError saying what is wrong, without any part of a key.
 */
export function parseMasterKeys(text: string): MasterKey[] {
  const keys = text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseMasterKey);
  if (keys.length === 0) throw new TypeError('has no master key. Give `id:` and 32 bytes in base64.');
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    throw new TypeError('has two master keys with the same id. Give each key its own id.');
  return keys;
}

function parseMasterKey(part: string, index: number): MasterKey {
  const [, id, base64] = /^([\w.-]{1,64}):([A-Za-z0-9+/]{43}=)$/.exec(part) ?? [];
  if (!id || !base64)
    throw new TypeError(
      `has an invalid master key, number ${index + 1}. Give \`id:\` and 32 bytes in base64.`,
    );
  return { id, key: Buffer.from(base64, 'base64') };
}
