type Json = unknown;

/** Replacement values of every type. */
const replacements: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  700,
  '',
  'x',
  'XYZ',
  [],
  ['a', 'a'],
  [{}],
  {},
  { a: 1 },
];

/** Copies a JSON value with one property or item changed, removed or added, at a random place. */
export function mutateJson(value: Json, random: () => number): Json {
  const copy = structuredClone(value);
  const places = containersOf(copy);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const place = pick(places);
  if (place === undefined) return pick(replacements);
  const keys = Object.keys(place);
  const key = pick(keys);
  if (key === undefined || random() < 0.15)
    Reflect.set(place, Array.isArray(place) ? keys.length : 'added', pick(replacements));
  else if (random() < 0.25 && !Array.isArray(place)) Reflect.deleteProperty(place, key);
  else Reflect.set(place, key, pick(replacements));
  return copy;
}

function containersOf(value: Json): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(containersOf)];
}
