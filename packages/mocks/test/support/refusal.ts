import { requests, responses } from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { expect, vi } from 'vitest';
import { type ApiResponse, createMerchant, type RequestParts, readySandbox } from './journey.ts';

/** The id of nothing. */
export const absent = '6553f1000000000000000099';
export const customer = requests.createMerchant.customer;
export const broker = requests.createPartner.broker;
/** The properties of each 400 of the file store. */
export const persist400 = { name: 'error', statusCode: '400' };

/** The body of a refusal. */
export function refusal(name: string, message: unknown, code?: string) {
  return { error: { name, message, ...(code && { code }) } };
}

type Prepared = Awaited<ReturnType<typeof prepared>>;

/** Creates a sandbox with a partner and a merchant. */
export async function prepared() {
  const ready = await readySandbox();
  const merchantId = await createMerchant(ready.api, ready.token);
  return { ...ready, merchantId, administrator: ready.sandbox.fixtures.administratorToken };
}

export const json = { 'content-type': 'application/json' };
export const syntaxError = refusal('SyntaxError', 'Unexpected token in JSON');
export const denied = responses.pullMerchant[401].authorizationRequired;
export const item = requests.pushMerchant.twoDocumentsOnOnePage.data[0];

/** What is refused, the operation, its request, and the status and body of the response. */
export type Refusal = readonly [string, OperationId, (ready: Prepared) => RequestParts, number, object];

/** Sends a request that must be refused, change nothing, repeat no secret, and cause no error of the sandbox. */
export async function expectRefusal([, operationId, partsFor, status, body]: Refusal): Promise<void> {
  const log = vi.spyOn(console, 'error');
  const ready = await prepared();
  const before = ready.sandbox.snapshot();
  const response: ApiResponse = await ready.api.send(operationId, partsFor(ready));
  expect(response).toMatchObject({ status, body });
  expect(JSON.stringify(response.body)).not.toContain('secret-value');
  expect(ready.sandbox.snapshot()).toEqual(before);
  expect(log).not.toHaveBeenCalled();
}
