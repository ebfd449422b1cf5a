import type { BareSchema } from '@partner-ecosystem/openapi/schemas';
import { propertySchema, resolve } from '../contract/resolve.ts';
import { isObject } from '../json/is-object.ts';
import type { DriftBreakage } from '../model/fault.ts';

/** A place in a body that can change, and its value afterwards: `undefined` takes the member away. */
interface Change {
  readonly pointer: string;
  readonly value: unknown;
}

/** A member of a body, with what the contract says of it. */
interface Member {
  readonly pointer: string;
  readonly value: unknown;
  readonly schema: BareSchema;
  readonly required: boolean;
}

/**
 * A body that departs from the contract in one place; none if it has no place to depart in.
 *
 * @param point - Chooses among the places, from 0 to just under 1.
 */
export function driftBody(drift: DriftBreakage, body: unknown, schema: BareSchema, point: number): unknown {
  const changes = changesOf(drift, membersOf(body, schema, '')).filter(
    ({ pointer }) => drift.at === undefined || pointer === drift.at,
  );
  const change = changes[Math.floor(point * changes.length)];
  return change && withChange(body, change.pointer.split('/').slice(1), change.value);
}

function changesOf({ kind, at }: DriftBreakage, members: readonly Member[]): Change[] {
  switch (kind) {
    case 'drift-unknown-word':
      return members
        .filter(({ schema, value }) => schema['x-extensible-enum'] && typeof value === 'string')
        .map(({ pointer }) => ({ pointer, value: 'not-heard-of-before' }));
    case 'drift-extra-member':
      return members
        .filter(({ value }) => isObject(value))
        .map(({ pointer, value }) => ({
          pointer,
          value: { ...Object(value), notAnnounced: { by: 'anyone' } },
        }));
    case 'drift-missing-optional':
      return members.filter(isOptional).map(({ pointer }) => ({ pointer, value: undefined }));
    case 'drift-number-as-string':
      return members
        .filter(({ value }) => typeof value === 'number')
        .map(({ pointer, value }) => ({ pointer, value: `${value}` }));
    case 'drift-null':
      return members
        .filter((member) => isOptional(member) && (at !== undefined || !isObject(member.value)))
        .map(({ pointer }) => ({ pointer, value: null }));
  }
}

/** The whole is no member that could be left out, and an item of a list is none either. */
function isOptional({ pointer, required }: Member): boolean {
  return !required && pointer !== '' && !/\/\d+$/.test(pointer);
}

function membersOf(value: unknown, unresolved: BareSchema, pointer: string, required = false): Member[] {
  const schema = resolve(unresolved);
  const own: Member = { pointer, value, schema, required };
  if (Array.isArray(value))
    return [own, ...value.flatMap((item, at) => membersOf(item, schema.items ?? {}, `${pointer}/${at}`))];
  if (!isObject(value)) return [own];
  const below = Object.entries(value).flatMap(([name, member]) =>
    membersOf(
      member,
      propertySchema(schema, name) ?? {},
      `${pointer}/${escapePointer(name)}`,
      schema.required?.includes(name) ?? false,
    ),
  );
  return [own, ...below];
}

function withChange(value: unknown, [token, ...below]: readonly string[], changed: unknown): unknown {
  if (token === undefined) return changed;
  const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
  if (Array.isArray(value))
    return value.map((item, at) => (`${at}` === key ? withChange(item, below, changed) : item));
  const entries = Object.entries(Object(value)).flatMap(([name, member]) => {
    if (name !== key) return [[name, member]];
    const next = withChange(member, below, changed);
    return next === undefined ? [] : [[name, next]];
  });
  return Object.fromEntries(entries);
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
