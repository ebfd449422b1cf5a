import { type Schema, Validator } from '@cfworker/json-schema';
import contract from '@partner-ecosystem/openapi/openapi.json' with { type: 'json' };
import type { OperationId } from '@partner-ecosystem/openapi/operations';

interface Media {
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } };
}

/**
 * Holds bodies to the contract by a validator that has nothing to do with the sandbox's own, and to a contract without
 * any example.
 */
export class SecondOpinion {
  readonly #validators = new Map<string, Validator>();
  readonly #bare = bareContract();

  /** What is wrong with a response, if anything. */
  ofResponse(operationId: OperationId, status: number, body: unknown): readonly string[] {
    const { paths, components } = this.#bare;
    const operation = Object.values(paths)
      .flatMap((path) => Object.values(path))
      .find((each) => each.operationId === operationId);
    const response = operation?.responses[status];
    if (!response) return [`${operationId} may not answer ${status}`];
    const name = response.$ref?.split('/').at(-1);
    const { content }: Media = name === undefined ? response : (components.responses[name] ?? {});
    return this.#check(`${operationId} ${status}`, content?.['application/json']?.schema, body);
  }

  /** What is wrong with a callback, if anything. */
  ofCallback(event: string, payload: unknown): readonly string[] {
    const { content }: Media = this.#bare.webhooks[event]?.post.requestBody ?? {};
    return this.#check(`webhook ${event}`, content?.['application/json']?.schema, payload);
  }

  #check(name: string, schema: Schema | undefined, value: unknown): readonly string[] {
    if (!schema) return [`${name} has no JSON body`];
    const known = this.#validators.get(name);
    const { components } = this.#bare;
    const validator =
      known ?? new Validator({ ...schema, components: { schemas: components.schemas } }, '2020-12', false);
    this.#validators.set(name, validator);
    const { valid, errors } = validator.validate(value);
    return valid ? [] : errors.map(({ instanceLocation, error }) => `${name} ${instanceLocation} ${error}`);
  }
}

interface BareContract {
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

function bareContract(): BareContract {
  const withoutExamples = (name: string, value: unknown) =>
    name === 'examples' || name === 'example' ? undefined : value;
  return JSON.parse(JSON.stringify(contract, withoutExamples));
}
