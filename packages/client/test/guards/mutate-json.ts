type Json = unknown;

/** Values of every kind, to put in the place of others. */
const strangers: readonly Json[] = [
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

/** A copy of a JSON value with one member changed, left out or added, at a random place. */
export function mutateJson(value: Json, random: () => number): Json {
  const copy = structuredClone(value);
  const places = containersOf(copy);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const place = pick(places);
  if (place === undefined) return pick(strangers);
  const keys = Object.keys(place);
  const key = pick(keys);
  if (key === undefined || random() < 0.15)
    Reflect.set(place, Array.isArray(place) ? keys.length : 'added', pick(strangers));
  else if (random() < 0.25 && !Array.isArray(place)) Reflect.deleteProperty(place, key);
  else Reflect.set(place, key, pick(strangers));
  return copy;
}

function containersOf(value: Json): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(containersOf)];
}
