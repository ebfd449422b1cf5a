import { type Read, readMembers } from './read-members.ts';

/** Reads the JSON that says how far to put the clock forward. */
export function readSeconds(json: string): Read<number> {
  const read = readMembers(json, ['seconds']);
  if (!read.ok) return read;
  const seconds = read.value['seconds'];
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 1)
    return { ok: false, problem: 'seconds must be a whole number, 1 or more.' };
  return { ok: true, value: seconds };
}
