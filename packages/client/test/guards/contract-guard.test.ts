import { responses as responseExamples } from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { describe, expect, test } from 'vitest';
import * as guards from '../../src/guards.ts';
import { contractGuard, type Drift, type OperationShape } from '../../src/guards.ts';
import { ContractError, type OutcomeUnknownError } from '../../src/index.ts';
import { exampleInput, success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

const operationIds = Object.keys(operations) as OperationId[];
const shapes = Object.values(guards).filter((value): value is OperationShape => typeof value === 'object');
const strict = contractGuard(shapes, { requests: 'throw', responses: 'throw', onDrift: () => {} });

describe('the guard', () => {
  test.each(shapes)('the examples of $operationId have no violations and no drift', (shape) => {
    const { operationId } = shape;
    const call = { operationId, attempts: 1 };
    expect(() => strict.request(call, exampleInput(operations[operationId]))).not.toThrow();
    const drifts: Drift[] = [];
    const guard = contractGuard([shape], { responses: 'throw', onDrift: (drift) => drifts.push(drift) });
    for (const [status, bodies] of Object.entries<object>(responseExamples[operationId]))
      for (const body of Object.values(bodies))
        guard.response(call, { ok: status === '200', status: Number(status), body });
    expect(drifts).toEqual([]);
  });

  test('every operation of the contract has a shape', () => {
    expect(shapes.map(({ operationId }) => operationId).sort()).toEqual([...operationIds].sort());
  });
});

describe('a guarded client', () => {
  test('a request that violates the contract is not sent', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ guard: contractGuard([guards.createMerchant]) });
    const error = await partner
      .createMerchant({ ...merchant, flowId: 'secret flow', mobile: 7 as never })
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({
      side: 'request',
      operationId: 'createMerchant',
      attempts: 0,
      violations: [{ pointer: '/mobile', keyword: 'type' }],
    });
    expect((error as Error).message).toContain('/mobile (type). It was not sent.');
    expect((error as Error).message).not.toContain('secret flow');
    expect(provider.arrivals).toEqual([]);
  });

  test('a write whose response violates the contract has an unknown outcome: a proxy may have responded', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ body: { blocked: true } }) });
    const guard = contractGuard([guards.createMerchant], { responses: 'throw' });
    const failure = await provider
      .client({ guard })
      .createMerchant(merchant)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'OutcomeUnknownError', reason: 'response', attempts: 1 });
    expect((failure as OutcomeUnknownError).failure).toBeInstanceOf(ContractError);
    expect((failure as OutcomeUnknownError).failure).toMatchObject({ side: 'response' });
    expect(provider.count('createMerchant')).toBe(1);
  });

  test('findMerchant looks for a merchant whose response violates the contract', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ body: { blocked: true } }) });
    const guard = contractGuard([guards.createMerchant], { responses: 'throw' });
    const existing = { id: '6553f1000000000000000004', status: 'new' } as const;
    const partner = provider.client({ guard, findMerchant: async () => existing });
    expect(await partner.createMerchant(merchant)).toEqual(existing);
  });

  test.each(['pullMerchant', 'loginPartner'] as const)(
    'a response of %s that violates the contract is not returned, and the error says nothing about a write',
    async (operationId) => {
      await using provider = await startProvider({ [operationId]: () => ({ body: ['blocked'] }) });
      const guard = contractGuard([guards.pullMerchant, guards.loginPartner], { responses: 'throw' });
      const failure = provider.client({ guard }).pullMerchant(pull);
      await expect(failure).rejects.toMatchObject({ name: 'ContractError', side: 'response', operationId });
      await expect(failure).rejects.not.toThrow(/applied/);
    },
  );

  test('operations that are not listed, and a side that is off, are not checked', async () => {
    await using provider = await startProvider();
    const off = contractGuard([guards.createMerchant], { requests: 'off' });
    const other = contractGuard([guards.pullMerchant]);
    for (const guard of [off, other])
      await provider.client({ guard }).createMerchant({ ...merchant, flowId: 'odd' });
    expect(provider.count('createMerchant')).toBe(2);
  });

  test('a violation shows only names that the contract has', async () => {
    const data = { 'Asha Example': 7, '0000000002': 7, BusinessPanName: 7, 'a\nb': 7 };
    const body = { data: [{ pageId: 'p', widgetName: 'w', data }] };
    await using provider = await startProvider({ getPushMerchantSpec: () => ({ body }) });
    const guard = contractGuard([guards.getPushMerchantSpec], { responses: 'throw' });
    const failure = provider.client({ guard }).getPushMerchantSpec({ applicationId: pull.realmId });
    const { violations } = (await failure.catch((error: unknown) => error as ContractError)) as ContractError;
    expect([...new Set(violations.map(({ pointer }) => pointer))]).toEqual(['/data/0/data/*']);
  });

  test('a file satisfies the contract’s string', async () => {
    await using provider = await startProvider();
    const guard = contractGuard([guards.uploadFile], { responses: 'throw' });
    const stored = await provider.client({ guard }).uploadFile({ file: new Blob(['x']), ttl: '1 month' });
    expect(stored).toEqual(success('uploadFile').body);
  });
});
