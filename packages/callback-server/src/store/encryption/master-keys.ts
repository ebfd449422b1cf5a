import type { MasterKey } from '../engine/store-options.ts';

/**
 * Parses master keys as a setting or a file gives them: `id:base64`, separated by commas or lines. The first key
 * wraps new data keys; the other keys unwrap older data keys.
 *
 * @throws TypeError saying what is wrong, without any part of a key.
 */
export function parseMasterKeys(text: string): MasterKey[] {
  const keys = text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseMasterKey);
  const problem = problemOfMasterKeys(keys);
  if (problem) throw new TypeError(problem);
  return keys;
}

/** What is wrong with master keys; `undefined` if they are acceptable. Never quotes a part of a key. */
export function problemOfMasterKeys(keys: readonly MasterKey[]): string | undefined {
  if (keys.length === 0) return 'must have at least one key: an id, and 32 bytes in base64.';
  if (keys.some(({ key }) => key.byteLength !== 32)) return 'must have keys of 32 bytes.';
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    return 'has two master keys with the same id. Give each key its own id.';
  // A rotation to the same key would protect nothing.
  if (new Set(keys.map(({ key }) => Buffer.from(key).toString('hex'))).size < keys.length)
    return 'has the same master key under two ids. Give each id its own key: openssl rand -base64 32.';
  return undefined;
}

function parseMasterKey(part: string, index: number): MasterKey {
  const [, id, base64] = /^([\w.-]{1,64}):([A-Za-z0-9+/]{43}=)$/.exec(part) ?? [];
  if (!id || !base64)
    throw new TypeError(
      `has an invalid master key, number ${index + 1}. Give \`id:\` and 32 bytes in base64: openssl rand -base64 32.`,
    );
  return { id, key: Buffer.from(base64, 'base64') };
}
