import { type Classified, isRemoved } from './redact.ts';
import type { Violation } from './violation.ts';

/** What `redact` writes in place of a value, and what Arazzo runners write. */
const mask = /^(\[[\w-]+\]|\*{8}$)/;

/** Whether a masked copy of a value breaks a rule only because `redact` replaced the value, or removed a part of it. */
export function isMasked(
  { pointer, keyword }: Pick<Violation, 'pointer' | 'keyword'>,
  value: unknown,
  classified: Classified | undefined,
): boolean {
  const names = pointer.split('/').slice(1);
  const at = names.reduce<unknown>((parent, name) => Object(parent)[name], value);
  if (typeof at === 'string') return mask.test(at);
  const known = names.reduce(classifiedAt, classified);
  if (keyword === 'minProperties') return known !== undefined && hasRemoved(known);
  return at === undefined && isRemoved(known);
}

function hasRemoved(classified: Classified): boolean {
  return (
    'properties' in classified && [...Object.values(classified.properties), classified.rest].some(isRemoved)
  );
}

function classifiedAt(parent: Classified | undefined, name: string): Classified | undefined {
  if (!parent || 'category' in parent) return undefined;
  if ('items' in parent) return parent.items;
  return Object.hasOwn(parent.properties, name) ? parent.properties[name] : parent.rest;
}
