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
  // A mask replaces a value, and never adds a property.
  if (keyword === 'additionalProperties') return false;
  const names = pointer.split('/').slice(1);
  const found = names.reduce<readonly unknown[]>(
    (parents, name) => parents.flatMap(childrenAt(name)),
    [value],
  );
  const texts = found.filter((at) => typeof at === 'string');
  if (texts.length > 0) return texts.some((text) => mask.test(text));
  const known = names.reduce(classifiedAt, classified);
  if (keyword === 'minProperties') return known !== undefined && hasRemoved(known);
  return found.every((at) => at === undefined) && isRemoved(known);
}

/** The values that a name in a pointer may mean. `*` hides the name, and may mean every property. */
function childrenAt(name: string): (parent: unknown) => unknown[] {
  return (parent) => (name === '*' ? Object.values(Object(parent)) : [Object(parent)[name]]);
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
