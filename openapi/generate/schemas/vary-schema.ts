import { type Contract, resolve, type Schema } from '../contract/contract.ts';

/**
 * The least of a schema that a reader cannot do without: the members it requires, and their types. What breaks this
 * cannot be acted upon; what only breaks the rest is drift.
 */
export function essentialSchema(contract: Contract, schema: Schema): Schema {
  const whole = flatten(contract, schema);
  const required = whole.required ?? [];
  return {
    ...pick(whole, ['type', 'minLength', 'required']),
    ...(required.length > 0 && {
      properties: mapValues(pick(whole.properties ?? {}, required), (member) =>
        essentialSchema(contract, member),
      ),
    }),
  };
}

/**
 * A schema that refuses what the contract does not name: members of objects that are not declared open, and words
 * outside the known ones. Words are known in any case, because the provider varies it.
 */
export function closeSchema(contract: Contract, schema: Schema): Schema {
  const { 'x-extensible-enum': words, ...whole } = flatten(contract, schema);
  return {
    ...whole,
    ...(words && { pattern: `^(${words.map(anyCase).join('|')})$` }),
    ...(whole.items && { items: closeSchema(contract, whole.items) }),
    ...(whole.properties && {
      properties: mapValues(whole.properties, (member) => closeSchema(contract, member)),
      additionalProperties: whole.additionalProperties ?? false,
    }),
  };
}

/** A reference and the keywords beside it as one schema. Both hold; the contract never sets one keyword in both. */
export function flatten(contract: Contract, schema: Schema): Schema {
  if (!schema.$ref) return schema;
  const { $ref, ...beside } = schema;
  return { ...flatten(contract, resolve<Schema>(contract, { $ref })), ...beside };
}

function anyCase(word: string): string {
  return [...word].map((letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`).join('');
}

function pick<T>(record: Record<string, T>, keys: string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}

function mapValues<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
