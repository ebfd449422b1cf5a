import type { Contract, Schema } from './contract.ts';

/**
 * The contract in the keywords that the build reads: `additionalProperties` in place of `unevaluatedProperties`.
 * Beside `properties` both keywords mean the same, but a generator of validators reads `additionalProperties` as a
 * record without those properties.
 */
export function normalForm(published: Contract): Contract {
  return JSON.parse(JSON.stringify(published), (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'unevaluatedProperties' in value
      ? normalSchema(value)
      : value,
  );
}

function normalSchema({ unevaluatedProperties, ...schema }: { unevaluatedProperties: unknown }): Schema {
  return { ...schema, additionalProperties: unevaluatedProperties as Schema }; // Lint has checked the keyword.
}
