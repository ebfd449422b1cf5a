import { isDeepStrictEqual } from 'node:util';
import type { ChangeKind } from '../impact/impact.ts';
import { classificationChanges } from './classification-changes.ts';

/** Compares two values of one keyword. `undefined` means that the keyword is missing. */
type Compare = (base: unknown, revision: unknown) => readonly ChangeKind[];

const comparisons: Readonly<Record<string, Compare>> = {
  type: typeChanges,
  enum: valueList('enum-value-removed', 'enum-value-added', true),
  'x-extensible-enum': valueList('known-value-removed', 'known-value-added', false),
  'x-data-classification': classificationChanges,
  uniqueItems: (base, revision) => constraint(base || undefined, revision || undefined),
  ...each(['multipleOf', 'pattern', 'format', 'const'], constraint),
  ...each(['minLength', 'minItems', 'minProperties'], bound('lower', 0)),
  ...each(['minimum', 'exclusiveMinimum'], bound('lower', -Number.MAX_VALUE)),
  ...each(
    ['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems', 'maxProperties'],
    bound('upper', Number.MAX_VALUE),
  ),

  ...each(['default'], always('default-changed')),
  // A lint rule holds that `x-sensitive-data` agrees with the classification, which decides what is shown.
  ...each(['x-sensitive-data'], always('classification-changed')),
  ...each(['readOnly', 'writeOnly'], always('view-changed')),
  ...each(['deprecated'], always('deprecation-changed')),
  ...each(['operationId'], always('operation-renamed')),
  ...each(
    ['x-evidence', 'x-evidence-basis', 'x-evidence-source', 'x-evidence-of', 'x-evidence-sources'],
    always('evidence-changed'),
  ),
  ...each(['example', 'examples'], always('example-changed')),
  ...each(['title', 'summary', 'description', 'tags', 'externalDocs', '$comment'], always('text-changed')),
};

function each(keywords: readonly string[], compare: Compare): Record<string, Compare> {
  return Object.fromEntries(keywords.map((keyword) => [keyword, compare]));
}

/**
 * Lists the changes in one keyword. With `kind`, every difference is a change of that kind. An extension without a
 * comparison of its own is an `extension-changed`.
 *
 * @throws Error for an unknown keyword. Skipping it would let any change of it pass.
 */
export function keywordChanges(keyword: string, base: unknown, revision: unknown, kind?: ChangeKind) {
  const extension = keyword.startsWith('x-') ? always('extension-changed') : undefined;
  const compare = kind ? always(kind) : (comparisons[keyword] ?? extension);
  if (!compare)
    throw new Error(
      `The release check does not know the keyword "${keyword}". Add it to changes/compare/keyword-changes.ts.`,
    );
  return isDeepStrictEqual(base, revision) ? [] : compare(base, revision);
}

function always(kind: ChangeKind): Compare {
  return () => [kind];
}

function bound(side: 'lower' | 'upper', absent: number): Compare {
  const limitOf = (value: unknown) => (typeof value === 'number' ? value : absent);
  return (base, revision) => {
    const rise = limitOf(revision) - limitOf(base);
    if (rise === 0) return [];
    return [rise > 0 === (side === 'lower') ? 'limit-tightened' : 'limit-loosened'];
  };
}

/** A constraint without an order: it is unknown which of two patterns is tighter. */
function constraint(base: unknown, revision: unknown): readonly ChangeKind[] {
  if (base === revision) return [];
  if (base === undefined) return ['limit-tightened'];
  return revision === undefined ? ['limit-loosened'] : ['limit-changed'];
}

/**
 * Adding an enum removes values, because every value was valid before. Adding an extensible enum adds known values,
 * because none was known before.
 */
function valueList(removed: ChangeKind, added: ChangeKind, isClosed: boolean): Compare {
  return (base, revision) => {
    if (!Array.isArray(base)) return [isClosed ? removed : added];
    if (!Array.isArray(revision)) return [isClosed ? added : removed];
    return [
      ...(base.some((value) => !revision.includes(value)) ? [removed] : []),
      ...(revision.some((value) => !base.includes(value)) ? [added] : []),
    ];
  };
}

const allTypes = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];

function typeChanges(base: unknown, revision: unknown): readonly ChangeKind[] {
  const [before, after] = [typesOf(base), typesOf(revision)];
  const removed = before.filter((type) => !after.includes(type));
  const added = after.filter((type) => !before.includes(type));
  if (removed.some(isNotNull) && added.some(isNotNull)) return ['type-changed'];
  const changes: ChangeKind[] = [];
  if (removed.length > 0) changes.push(removed.some(isNotNull) ? 'type-narrowed' : 'null-refused');
  if (added.length > 0) changes.push(added.some(isNotNull) ? 'type-widened' : 'null-allowed');
  return changes;
}

/** The types that a schema accepts: every type by default, and `number` includes `integer`. */
function typesOf(type: unknown): string[] {
  const types = type === undefined ? allTypes : [type].flat().map(String);
  return types.includes('number') ? [...types, 'integer'] : types;
}

function isNotNull(type: string): boolean {
  return type !== 'null';
}
