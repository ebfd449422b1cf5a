import { type Schema, Validator } from '@cfworker/json-schema';
import contract from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import type { OperationId } from '@partner-ecosystem/openapi/operations';

interface Media {
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } };
}

/** Validates bodies with another library than the sandbox does, against a copy of the contract without examples. */
export class SecondValidator {
  readonly #validators = new Map<string, Validator>();
  readonly #contract = contractWithoutExamples();

  /** Returns the violations of a response. */
  validateResponse(operationId: OperationId, status: number, body: unknown): readonly string[] {
    const { paths, components } = this.#contract;
    const operation = Object.values(paths)
      .flatMap((path) => Object.values(path))
      .find((each) => each.operationId === operationId);
    const response = operation?.responses[status];
    if (!response) return [`${operationId} has no ${status} response`];
    const name = response.$ref?.split('/').at(-1);
    const { content }: Media = name === undefined ? response : (components.responses[name] ?? {});
    return this.#validate(`${operationId} ${status}`, content?.['application/json']?.schema, body);
  }

  /** Returns the violations of a callback. */
  validateCallback(event: string, payload: unknown): readonly string[] {
    const { content }: Media = this.#contract.webhooks[event]?.post.requestBody ?? {};
    return this.#validate(`webhook ${event}`, content?.['application/json']?.schema, payload);
  }

  #validate(name: string, schema: Schema | undefined, value: unknown): readonly string[] {
    if (!schema) return [`${name} has no JSON body`];
    const known = this.#validators.get(name);
    const { components } = this.#contract;
    const validator =
      known ?? new Validator({ ...schema, components: { schemas: components.schemas } }, '2020-12', false);
    this.#validators.set(name, validator);
    const { valid, errors } = validator.validate(value);
    return valid ? [] : errors.map(({ instanceLocation, error }) => `${name} ${instanceLocation} ${error}`);
  }
}

interface Contract {
  readonly paths: {
    readonly [path: string]: {
      readonly [method: string]: {
        readonly operationId?: string;
        readonly responses: { readonly [status: string]: Media & { readonly $ref?: string } };
      };
    };
  };
  readonly webhooks: { readonly [event: string]: { readonly post: { readonly requestBody: Media } } };
  readonly components: {
    readonly schemas: { readonly [name: string]: Schema };
    readonly responses: { readonly [name: string]: Media };
  };
}

function contractWithoutExamples(): Contract {
  const omitExamples = (name: string, value: unknown) =>
    name === 'examples' || name === 'example' ? undefined : value;
  return JSON.parse(JSON.stringify(contract, omitExamples));
}
