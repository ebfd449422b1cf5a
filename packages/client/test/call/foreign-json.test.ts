import { type OperationId, operations, requestLines } from '@partner-ecosystem/openapi/operations';
import { describe, expect, test, vi } from 'vitest';
import { type OutcomeUnknownError, type PartnerClient, UnreadableResponseError } from '../../src/index.ts';
import { exampleInput, success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

/** Calls an operation whose success has the body, and resolves to the result or the error. */
async function outcomeOf(operationId: OperationId, body: unknown): Promise<unknown> {
  const text = JSON.stringify(body);
  await using provider = await startProvider({ [operationId]: () => ({ body: text }) });
  const call: (input: object) => Promise<unknown> = provider.client({ retry: false })[operationId] as never;
  return await call(exampleInput(operations[operationId])).catch((error: unknown) => error);
}

const writes = Object.values(operations).filter(
  ({ method, operationId }) =>
    method === 'POST' && operationId !== 'loginPartner' && requestLines[operationId].result,
);

describe.each(writes)('a success of $operationId with JSON that is not from the API', ({ operationId }) => {
  test.each([
    { body: null },
    { body: [] },
    { body: [{ id: '1' }] },
    { body: 'ok' },
    { body: true },
    { body: 1 },
  ])('is an unknown outcome: $body', async ({ body }) => {
    const error = await outcomeOf(operationId, body);
    expect(error).toMatchObject({ name: 'OutcomeUnknownError', reason: 'response', operationId });
    expect((error as OutcomeUnknownError).failure).toBeInstanceOf(UnreadableResponseError);
  });
});

describe('a success without the properties that a page of the provider documents', () => {
  const blocked = { blocked: true };

  test.each<[OperationId, object]>([
    ['createMerchant', blocked],
    ['createMerchant', {}],
    ['createMerchant', { status: 'new', name: 'Example' }],
    ['createMerchant', { id: '' }],
    ['createMerchant', { id: null, status: 'new' }],
    ['uploadFile', blocked],
    ['uploadBase64', { file: null }],
  ])('is an unknown outcome of %s: %j', async (operationId, body) => {
    expect(await outcomeOf(operationId, body)).toMatchObject({
      name: 'OutcomeUnknownError',
      reason: 'response',
    });
  });

  test('the body of such a response can be read from the failure', async () => {
    const error = (await outcomeOf('createMerchant', blocked)) as OutcomeUnknownError;
    expect((error.failure as UnreadableResponseError).body()).toEqual(blocked);
  });

  test.each<[OperationId, unknown]>([
    ['pullMerchant', blocked],
    ['pullMerchant', null],
    ['getPushMerchantSpec', []],
    ['loginPartner', blocked],
  ])('is an invalid response of %s: %j', async (operationId, body) => {
    expect(await outcomeOf(operationId, body)).toMatchObject({
      name: 'UnreadableResponseError',
      status: 200,
    });
  });

  test('a read is repeated, because a proxy may respond only once', async () => {
    const bodies: unknown[] = [blocked];
    await using provider = await startProvider({
      pullMerchant: () => ({ body: bodies.shift() ?? success('pullMerchant').body }),
    });
    await expect(provider.partner.pullMerchant(pull)).resolves.toEqual(success('pullMerchant').body);
  });

  test('findMerchant finds the merchant of the create', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ body: blocked }) });
    const findMerchant = vi.fn(async () => ({ id: 'found', status: 'new' }));
    const created = await provider.client({ findMerchant }).createMerchant(merchant);
    expect([created.id, provider.count('createMerchant')]).toEqual(['found', 1]);
  });

  test('the raw operation has the body of the response, and the error', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ body: blocked }) });
    const raw = await provider.partner.raw.createMerchant(merchant);
    expect(raw).toMatchObject({ ok: false, status: 200, body: blocked, error: { reason: 'response' } });
  });
});

test.each<[keyof PartnerClient & OperationId, object]>([
  ['createMerchant', { id: 'only' }],
  ['createPartner', {}],
  ['linkPartner', { other: 1 }],
  ['assignFlows', {}],
  ['pushMerchant', {}],
  ['registerCallbacks', {}],
  ['getPushMerchantSpec', { other: 1 }],
])('a success of %s may lack properties that the contract only infers: %j', async (operationId, body) => {
  expect(await outcomeOf(operationId, body)).toEqual(body);
});

test.each<[OperationId, unknown]>([
  ['createPartner', []],
  ['linkPartner', null],
  ['linkPartner', false],
  ['assignFlows', ''],
  ['registerCallbacks', 0],
])('a success of %s with an inferred body may be any JSON: %j', async (operationId, body) => {
  expect(await outcomeOf(operationId, body)).toEqual(body);
});
