import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json } from './json.ts';

/** The names that lead to a part of a document. */
export type Path = readonly string[];

/**
 * The parts in which two versions of a document differ. A list of texts or numbers is one part. A part that only one
 * version has is listed with everything in it.
 */
export function changedParts(before: Json | undefined, after: Json | undefined, path: Path = []): Path[] {
  if (isDeepStrictEqual(before, after)) return [];
  const [old, now] = [partsOf(before), partsOf(after)];
  const names = new Set([...old.keys(), ...now.keys()]);
  if (names.size === 0) return [path];
  return [...names].flatMap((name) => changedParts(old.get(name), now.get(name), [...path, name]));
}

function partsOf(value: Json | undefined): ReadonlyMap<string, Json> {
  const hasParts = isObject(value) || (Array.isArray(value) && value.some((item) => isObject(item)));
  return new Map(hasParts ? Object.entries(value as object) : []);
}
