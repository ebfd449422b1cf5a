import { createPartnerClient, PartnerError } from '@partner-ecosystem/client';
import * as examples from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';

/** How the client reacts to a response. */
export interface ClientReaction {
  /** Name of the error's class. */
  readonly error: string;
  /** What to do, in the words of the error. */
  readonly advice: string;
  /** Whether the client sends the request again by itself before it fails. */
  readonly isRepeated: boolean;
}

/** A response of the provider. */
export interface ErrorExample {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

/** Has a real client call an operation, responds with the example each time, and returns how the client reacts. */
export async function reactionOf(operationId: OperationId, example: ErrorExample): Promise<ClientReaction> {
  let requests = 0;
  const partner = createPartnerClient({
    environment: 'preproduction',
    credentials: { username: 'example-broker', password: 'Not-a-real-password-1' },
    administratorToken: 'not-a-real-token',
    retry: { maxAttempts: 2 },
    fetch: async ({ url }) => {
      if (url.endsWith('/login') && operationId !== 'loginPartner')
        return Response.json({ id: 'not-a-real-token' });
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
  return { error: failure.name, advice: adviceOf(failure.message), isRepeated: requests > 1 };
}

function inputOf(operationId: OperationId): unknown {
  if (operationId === 'getPushMerchantSpec') return { applicationId: '6553e0000000000000000002' };
  if (operationId === 'pullMerchant')
    return { merchantId: '6553f1000000000000000004', realmId: '6553e0000000000000000002' };
  const [input] = Object.values<object>(examples.requests[operationId]);
  return operationId === 'uploadFile' ? { ...input, file: new Blob(['not an image']) } : input;
}

/** The sentences of a message after the first, which says what failed. */
function adviceOf(message: string): string {
  return message.replace(/^.*?[.)] (?=[A-Z])/, '');
}
