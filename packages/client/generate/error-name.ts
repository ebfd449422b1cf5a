import { type OperationId, operations, tokenPlace } from '@partner-ecosystem/openapi/operations';
import { createPartnerClient } from '../src/create-partner-client.ts';

type AnyMethod = (input: object) => Promise<unknown>;

/** Makes a call that gets a status, and resolves to the name of the error that the client throws. */
export async function errorNameOf(operationId: OperationId, input: object, status: number): Promise<string> {
  const partner = createPartnerClient({
    environment: 'preproduction',
    credentials: { username: 'example', password: 'example' },
    administratorToken: 'example',
    retry: false,
    fetch: async ({ url }) =>
      operationId !== 'loginPartner' && new URL(url).pathname === operations.loginPartner.path
        ? Response.json(tokenPlace.reduceRight<unknown>((value, name) => ({ [name]: value }), 'example'))
        : Response.json({}, { status }),
  });
  const error = await (partner[operationId] as AnyMethod)(input).then(
    () => new Error(`${operationId} succeeded with HTTP ${status}.`),
    (error: Error) => error,
  );
  return error.name;
}
