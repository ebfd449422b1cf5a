import type { Classified } from './redact.ts';

/** What `redact` writes in place of a value, and what Arazzo runners write. */
const mask = /^(\[[\w-]+\]|\*{8}$)/;

/** Whether a masked copy of a value has no value of its own at a pointer: `redact` replaced the value, or removed it. */
export function isMasked(pointer: string, value: unknown, classified: Classified | undefined): boolean {
  const names = pointer.split('/').slice(1);
  const at = names.reduce<unknown>((parent, name) => Object(parent)[name], value);
  if (typeof at === 'string') return mask.test(at);
  const { masking } = Object(names.reduce(classifiedAt, classified)) as { masking?: { strategy: string } };
  return at === undefined && masking?.strategy === 'remove';
}

function classifiedAt(parent: Classified | undefined, name: string): Classified | undefined {
  if (!parent || 'category' in parent) return undefined;
  if ('items' in parent) return parent.items;
  return Object.hasOwn(parent.properties, name) ? parent.properties[name] : parent.rest;
}
