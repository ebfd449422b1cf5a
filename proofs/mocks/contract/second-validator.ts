import { Validator } from '@cfworker/json-schema';
import bundled from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Contract } from '../../../openapi/generate/contract/contract.ts';
import { mapBodies } from '../../../openapi/generate/contract/operations.ts';

const contract = contractToCheck();
const bodies = mapBodies(contract, ({ schema }): object => schema);

/** Validates bodies with another library than the sandbox does, against a copy of the contract. */
export class SecondValidator {
  readonly #validators = new Map<string, Validator>();

  /** Returns the violations of a response. */
  validateResponse(operationId: OperationId, status: number, body: unknown): readonly string[] {
    return this.#validate(`${operationId} ${status}`, bodies.responses[operationId]?.[status], body);
  }

  /** Returns the violations of a callback. */
  validateCallback(event: string, payload: unknown): readonly string[] {
    return this.#validate(`webhook ${event}`, bodies.webhooks[event], payload);
  }

  #validate(name: string, schema: object | undefined, value: unknown): readonly string[] {
    if (!schema) return [`The contract has no JSON body for ${name}`];
    const { schemas } = contract.components;
    const validator =
      this.#validators.get(name) ?? new Validator({ ...schema, components: { schemas } }, '2020-12', false);
    this.#validators.set(name, validator);
    const { valid, errors } = validator.validate(value);
    return valid ? [] : errors.map(({ instanceLocation, error }) => `${name} ${instanceLocation} ${error}`);
  }
}

/** The contract without examples and formats. A format only describes a value: the provider takes and returns others too. */
function contractToCheck(): Contract {
  const omit = (name: string, value: unknown) => {
    const isFormat = name === 'format' && typeof value === 'string';
    return isFormat || name === 'examples' || name === 'example' ? undefined : value;
  };
  return JSON.parse(JSON.stringify(bundled, omit));
}
