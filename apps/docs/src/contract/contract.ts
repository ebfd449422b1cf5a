import type { Evidence } from '@partner-ecosystem/openapi/evidence';
import json from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import {
  type Contract,
  type Evident,
  resolve,
  type Schema,
} from '../../../../openapi/generate/contract/contract.ts';
import { normalForm } from '../../../../openapi/generate/contract/normal-form.ts';
import {
  aspectsOf,
  evidenceOf,
  type NamedOperation,
} from '../../../../openapi/generate/contract/operations.ts';

/** The contract. Its build has checked it against the specification of OpenAPI. */
export const contract = normalForm(json as unknown as Contract);

/** Follows a schema's reference. Keywords beside the reference win over those of its target. */
export function resolveSchema(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...besides } = schema;
  return { ...resolveSchema(resolve<Schema>(contract, { $ref })), ...besides };
}

/** The evidence of a schema, if the schema has its own. Otherwise the evidence of the object around the schema counts. */
export function evidenceIn(schema: Schema): Evidence | undefined {
  // Lint requires the other markings beside x-evidence.
  return 'x-evidence' in schema ? evidenceOf(schema as Schema & Evident) : undefined;
}

/** The evidence of those keywords whose evidence differs from the evidence of their schema. */
export function aspectsIn(schema: Schema): Readonly<Record<string, Evidence>> {
  return aspectsOf(schema as Partial<Evident>);
}

/** A text of the contract, such as `description`. Empty if it is missing. */
export function textOf(part: object, keyword: string): string {
  const text: unknown = (part as Record<string, unknown>)[keyword];
  return typeof text === 'string' ? text.trim() : '';
}

/** The group of an operation. */
export function tagOf({ path, method }: Pick<NamedOperation, 'path' | 'method'>): string {
  const [tag = ''] = contract.paths[path]?.[method]?.tags ?? [];
  return tag;
}
