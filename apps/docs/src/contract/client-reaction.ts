import { createPartnerClient, PartnerError } from '@partner-ecosystem/client';
import * as examples from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations, tokenPlace } from '@partner-ecosystem/openapi/operations';
import { operationsOf } from '../../../../openapi/generate/contract/operations.ts';
import { contract, textOf } from './contract.ts';

/** How the client reacts to a response. */
export interface ClientReaction {
  /** Name of the error's class. */
  readonly error: string;
  /** Whether the client sends the request again by itself before it fails. */
  readonly isRepeated: boolean;
}

/** A response of the provider. */
export interface ErrorExample {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

/** Lets a real client call an operation, responds to each request with the example, and returns how the client reacts. */
export async function reactionOf(operationId: OperationId, example: ErrorExample): Promise<ClientReaction> {
  let requests = 0;
  const partner = createPartnerClient({
    environment: 'preproduction',
    credentials: { username: 'example-broker', password: 'Not-a-real-password-1' },
    administratorToken: 'not-a-real-token',
    retry: { maxAttempts: 2 },
    fetch: async ({ url }) => {
      if (url.endsWith(operations.loginPartner.path) && operationId !== 'loginPartner')
        return Response.json(
          tokenPlace.reduceRight<unknown>((value, name) => ({ [name]: value }), 'not-a-real-token'),
        );
      requests += 1;
      const body = typeof example.body === 'string' ? example.body : JSON.stringify(example.body);
      return new Response(body, { status: example.status, headers: { 'content-type': example.contentType } });
    },
  });
  // The type of `partner[operationId]` is a union of functions. The input is the contract's example for the operation.
  const call = partner[operationId] as (input: unknown) => Promise<unknown>;
  const failure = await call(inputOf(operationId)).catch((error: unknown) => error);
  if (!(failure instanceof PartnerError))
    throw new Error(`${operationId} did not fail on status ${example.status}: ${failure}`);
  return { error: failure.name, isRepeated: requests > 1 };
}

function inputOf(operationId: OperationId): unknown {
  const requests: { readonly [Id in OperationId]?: Readonly<Record<string, object>> } = examples.requests;
  const [input] = Object.values(requests[operationId] ?? {});
  const parameters =
    operationsOf(contract).find((each) => each.operationId === operationId)?.parameters ?? [];
  if (!input) return Object.fromEntries(parameters.map((each) => [each.name, textOf(each, 'example')]));
  return operationId === 'uploadFile' ? { ...input, file: new Blob(['not an image']) } : input;
}
