import type { BareSchema } from '@partner-ecosystem/openapi/schemas';
import { propertySchema, resolve } from '../contract/resolve.ts';
import { isObject, pointerNames, pointerTo } from '../json/json-value.ts';
import type { DriftBreakage } from '../model/fault.ts';

interface Place {
  readonly pointer: string;
  readonly value: unknown;
  readonly schema: BareSchema;
  readonly required: boolean;
}

/**
 * Changes a body in one place, so that it violates the contract. Returns `undefined` if no place can change.
 *
 * @param point - Selects the place: a number from 0 to just under 1.
 */
export function driftBody(
  { kind, at }: DriftBreakage,
  body: unknown,
  schema: BareSchema,
  point: number,
): unknown {
  const { applies, change } = drifts[kind];
  const places = placesIn(body, schema, '').filter(
    (place) => applies(place, at) && place.pointer === (at ?? place.pointer),
  );
  const chosen = places[Math.floor(point * places.length)];
  return chosen && withChange(body, pointerNames(chosen.pointer), change(chosen.value));
}

interface Drift {
  /** `at` is the place that the fault names. */
  readonly applies: (place: Place, at: string | undefined) => boolean;
  /** `undefined` removes the property. */
  readonly change: (value: unknown) => unknown;
}

const drifts: { readonly [Kind in DriftBreakage['kind']]: Drift } = {
  'drift-unknown-word': {
    applies: ({ schema, value }) => schema['x-extensible-enum'] !== undefined && typeof value === 'string',
    change: () => 'not-heard-of-before',
  },
  'drift-extra-member': {
    applies: ({ value }) => isObject(value),
    change: (value) => ({ ...Object(value), notAnnounced: { by: 'anyone' } }),
  },
  'drift-missing-optional': { applies: isOptional, change: () => undefined },
  'drift-number-as-string': { applies: ({ value }) => typeof value === 'number', change: String },
  'drift-null': {
    applies: (place, at) => isOptional(place) && (at !== undefined || !isObject(place.value)),
    change: () => null,
  },
};

/** Only properties can be optional. The whole body and the items of a list are always required. */
function isOptional({ pointer, required }: Place): boolean {
  return !required && pointer !== '' && !/\/\d+$/.test(pointer);
}

function placesIn(value: unknown, unresolved: BareSchema, pointer: string, required = false): Place[] {
  const schema = resolve(unresolved);
  const own: Place = { pointer, value, schema, required };
  if (Array.isArray(value))
    return [own, ...value.flatMap((item, at) => placesIn(item, schema.items ?? {}, pointerTo(pointer, at)))];
  if (!isObject(value)) return [own];
  const below = Object.entries(value).flatMap(([name, property]) =>
    placesIn(
      property,
      propertySchema(schema, name) ?? {},
      pointerTo(pointer, name),
      schema.required?.includes(name) ?? false,
    ),
  );
  return [own, ...below];
}

function withChange(value: unknown, [key, ...below]: readonly string[], changed: unknown): unknown {
  if (key === undefined) return changed;
  if (Array.isArray(value))
    return value.map((item, at) => (`${at}` === key ? withChange(item, below, changed) : item));
  const entries = Object.entries(Object(value)).flatMap(([name, property]) => {
    if (name !== key) return [[name, property]];
    const next = withChange(property, below, changed);
    return next === undefined ? [] : [[name, next]];
  });
  return Object.fromEntries(entries);
}
