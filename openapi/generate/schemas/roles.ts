import type { Contract, Role, Schema } from '../contract/contract.ts';
import { operationsOf } from '../contract/operations.ts';
import { flattenSchema } from './validation-schemas.ts';

/** A property that has a role. */
export interface RolePlace {
  /** The names of the properties that lead from the body to this property. */
  readonly path: readonly string[];
  readonly schema: Schema;
}

/** The properties of the response to a login that have a role. A contract has one place for the token. */
export function placesOf(contract: Contract, role: Role): RolePlace[] {
  const login = operationsOf(contract).find(({ operationId }) => operationId === 'loginPartner');
  const { schema } = login?.responses[login.success]?.['application/json'] ?? {};
  return schema ? [...findPlaces(contract, schema, role, [])] : [];
}

function* findPlaces(
  contract: Contract,
  schema: Schema,
  role: Role,
  path: readonly string[],
): Generator<RolePlace> {
  const full = flattenSchema(contract, schema);
  if (full['x-role'] === role) yield { path, schema: full };
  for (const [name, property] of Object.entries(full.properties ?? {}))
    yield* findPlaces(contract, property, role, [...path, name]);
}

/** The words of each status of a case, by the kit's own name of the status. */
export function statusWordsOf(contract: Contract): Readonly<Record<string, readonly string[]>> {
  return contract.components.schemas['Status']?.['x-status-words'] ?? {};
}
