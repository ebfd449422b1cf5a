import type { BareSchema } from '@partner-ecosystem/openapi/schemas';
import { propertySchema, resolve } from '../contract/resolve.ts';
import { isObject, pointerNames, pointerTo } from '../json/json-value.ts';
import type { DriftBreakage } from '../model/fault.ts';

/** A possible change of a body. The value `undefined` removes the property. */
interface Candidate {
  readonly pointer: string;
  readonly value: unknown;
}

/** A value in a body, with what the contract says about it. */
interface Place extends Candidate {
  readonly schema: BareSchema;
  readonly required: boolean;
}

/**
 * Changes a body in one place, so that it violates the contract. Returns `undefined` if no place can change.
 *
 * @param point - Selects the place: a number from 0 to just under 1.
 */
export function driftBody(drift: DriftBreakage, body: unknown, schema: BareSchema, point: number): unknown {
  const candidates = candidatesOf(drift, placesIn(body, schema, '')).filter(
    ({ pointer }) => drift.at === undefined || pointer === drift.at,
  );
  const chosen = candidates[Math.floor(point * candidates.length)];
  return chosen && withChange(body, pointerNames(chosen.pointer), chosen.value);
}

function candidatesOf({ kind, at }: DriftBreakage, places: readonly Place[]): Candidate[] {
  switch (kind) {
    case 'drift-unknown-word':
      return places
        .filter(({ schema, value }) => schema['x-extensible-enum'] && typeof value === 'string')
        .map(({ pointer }) => ({ pointer, value: 'not-heard-of-before' }));
    case 'drift-extra-member':
      return places
        .filter(({ value }) => isObject(value))
        .map(({ pointer, value }) => ({
          pointer,
          value: { ...Object(value), notAnnounced: { by: 'anyone' } },
        }));
    case 'drift-missing-optional':
      return places.filter(isOptional).map(({ pointer }) => ({ pointer, value: undefined }));
    case 'drift-number-as-string':
      return places
        .filter(({ value }) => typeof value === 'number')
        .map(({ pointer, value }) => ({ pointer, value: `${value}` }));
    case 'drift-null':
      return places
        .filter((place) => isOptional(place) && (at !== undefined || !isObject(place.value)))
        .map(({ pointer }) => ({ pointer, value: null }));
  }
}

/** Only properties are optional: neither the body as a whole nor an item of a list is. */
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
