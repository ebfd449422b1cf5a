import { isDeepStrictEqual } from 'node:util';
import type { ChangeKind } from '../impact/impact.ts';
import { classificationChanges } from './classification-changes.ts';

/** What changed, given the two values of one keyword; undefined stands for a keyword that is not there. */
type Judge = (base: unknown, revision: unknown) => readonly ChangeKind[];

const judges: Readonly<Record<string, Judge>> = {
  type: typeChanges,
  enum: words('word-removed', 'word-added'),
  'x-extensible-enum': words('open-word-removed', 'open-word-added'),

  minLength: floor(0),
  minimum: floor(-Number.MAX_VALUE),
  exclusiveMinimum: floor(-Number.MAX_VALUE),
  minItems: floor(0),
  minProperties: floor(0),
  maxLength: ceiling,
  maximum: ceiling,
  exclusiveMaximum: ceiling,
  maxItems: ceiling,
  maxProperties: ceiling,
  uniqueItems: (base, revision) => limit(base || undefined, revision || undefined),
  multipleOf: limit,
  pattern: limit,
  format: limit,
  const: limit,
  default: always('default-changed'),

  'x-data-classification': classificationChanges,
  // The lint rules hold it to the classification, which decides what is shown.
  'x-sensitive-data': always('classification-changed'),
  readOnly: always('view-changed'),
  writeOnly: always('view-changed'),
  deprecated: always('deprecation-changed'),

  operationId: always('operation-renamed'),
  'x-evidence': always('evidence-changed'),
  'x-evidence-basis': always('evidence-changed'),
  example: always('example-changed'),
  examples: always('example-changed'),
  title: always('text-changed'),
  summary: always('text-changed'),
  description: always('text-changed'),
  tags: always('text-changed'),
  externalDocs: always('text-changed'),
  $comment: always('text-changed'),
};

/**
 * What a difference in one keyword means. Strict: a keyword that is not known is an error, because a gate that skips
 * what it does not know lets everything pass.
 *
 * @throws Error for a keyword without a judge; extensions without one are judged alike.
 */
export function judgeKeyword(keyword: string, base: unknown, revision: unknown): readonly ChangeKind[] {
  const judge = judges[keyword] ?? (keyword.startsWith('x-') ? always('extension-changed') : undefined);
  if (!judge)
    throw new Error(
      `The change gate does not know ${keyword}. Say in changes/judge-keyword.ts what a change of it means.`,
    );
  return isDeepStrictEqual(base, revision) ? [] : judge(base, revision);
}

function always(kind: ChangeKind): Judge {
  return () => [kind];
}

function floor(none: number): Judge {
  return (base, revision) => moved(boundOf(revision, none) - boundOf(base, none));
}

function ceiling(base: unknown, revision: unknown): readonly ChangeKind[] {
  return moved(boundOf(base, Number.MAX_VALUE) - boundOf(revision, Number.MAX_VALUE));
}

function boundOf(bound: unknown, none: number): number {
  return typeof bound === 'number' ? bound : none;
}

function moved(inwards: number): readonly ChangeKind[] {
  if (inwards === 0) return [];
  return [inwards > 0 ? 'limit-tightened' : 'limit-loosened'];
}

/** A limit that holds or not: of two different ones, nobody can tell which is the tighter. */
function limit(base: unknown, revision: unknown): readonly ChangeKind[] {
  if (base === revision) return [];
  if (base === undefined) return ['limit-tightened'];
  return revision === undefined ? ['limit-loosened'] : ['limit-changed'];
}

/** A list of words. Without the list any word is valid, so to begin one takes words away, and to drop it adds some. */
function words(removed: ChangeKind, added: ChangeKind): Judge {
  return (base, revision) => {
    const open = removed === 'open-word-removed';
    if (!Array.isArray(base)) return [open ? added : removed];
    if (!Array.isArray(revision)) return [open ? removed : added];
    return [
      ...(base.some((word) => !revision.includes(word)) ? [removed] : []),
      ...(revision.some((word) => !base.includes(word)) ? [added] : []),
    ];
  };
}

const allTypes = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];

function typeChanges(base: unknown, revision: unknown): readonly ChangeKind[] {
  const [before, after] = [typesOf(base), typesOf(revision)];
  const gone = before.filter((type) => !after.includes(type));
  const fresh = after.filter((type) => !before.includes(type));
  if (gone.some(isNotNull) && fresh.some(isNotNull)) return ['type-changed'];
  const changes: ChangeKind[] = [];
  if (gone.length > 0) changes.push(gone.some(isNotNull) ? 'type-narrowed' : 'null-refused');
  if (fresh.length > 0) changes.push(fresh.some(isNotNull) ? 'type-widened' : 'null-allowed');
  return changes;
}

/** All types where none is named; and an integer is a number. */
function typesOf(type: unknown): string[] {
  const types = type === undefined ? allTypes : [type].flat().map(String);
  return types.includes('number') ? [...types, 'integer'] : types;
}

function isNotNull(type: string): boolean {
  return type !== 'null';
}
