import {
  requests as requestExamples,
  responses as responseExamples,
} from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { describe, expect, test, vi } from 'vitest';
import * as guards from '../../src/guards.ts';
import { contractGuard, type Drift, type OperationShape } from '../../src/guards.ts';
import { ContractError, type OutcomeUnknownError } from '../../src/index.ts';
import { exampleInput, success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

const operationIds = Object.keys(operations) as OperationId[];
const shapes = Object.values(guards).filter((value): value is OperationShape => typeof value === 'object');
const strict = contractGuard(shapes, { requests: 'throw', responses: 'throw', onDrift: () => {} });
/** Where a drift is, and which keyword. */
const placeOf = ({ pointer, keyword }: Drift) => `${pointer} ${keyword}`;

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

  test('a write whose response violates the contract has an unknown outcome: somebody else may have sent it', async () => {
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
    'a response of %s that violates the contract is not returned, and the error claims nothing of a write',
    async (operationId) => {
      await using provider = await startProvider({ [operationId]: () => ({ body: ['blocked'] }) });
      const guard = contractGuard([guards.pullMerchant, guards.loginPartner], { responses: 'throw' });
      const failure = provider.client({ guard }).pullMerchant(pull);
      await expect(failure).rejects.toMatchObject({ name: 'ContractError', side: 'response', operationId });
      await expect(failure).rejects.not.toThrow(/applied/);
    },
  );

  test('each kind of drift is reported once, and the response is returned', async () => {
    const spec = { data: [{ pageId: 1 }, { pageId: 2, widgetName: 'Pan', data: {} }] };
    await using provider = await startProvider({ getPushMerchantSpec: () => ({ body: spec }) });
    const drifts: Drift[] = [];
    const guard = contractGuard([guards.getPushMerchantSpec], { onDrift: (drift) => drifts.push(drift) });
    const partner = provider.client({ guard });
    for (let call = 0; call < 3; call += 1)
      expect(await partner.getPushMerchantSpec({ applicationId: pull.realmId })).toEqual(spec);
    expect(drifts.map(placeOf)).toEqual([
      '/data/*/widgetName required',
      '/data/*/data required',
      '/data/*/pageId type',
      '/flowId missing',
      '/realmId missing',
      '/merchantId missing',
    ]);
    const seen = { subject: 'getPushMerchantSpec', side: 'response', status: 200 };
    expect(drifts[2]).toEqual({
      ...seen,
      pointer: '/data/*/pageId',
      keyword: 'type',
      expected: 'type string',
    });
  });

  test('without a listener the console gets a warning, without values', async () => {
    const body = { ...Object(success('linkPartner').body), id: ['secret value'] };
    await using provider = await startProvider({ linkPartner: () => ({ body }) });
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const partner = provider.client({ guard: contractGuard([guards.linkPartner]) });
    await partner.linkPartner({ distributorId: '6553f0000000000000000001', realmId: pull.realmId });
    expect(warn.mock.calls).toEqual([['The response of linkPartner differs from the contract: /id (type).']]);
    warn.mockRestore();
  });

  test('nothing is reported after a thousand kinds of drift', async () => {
    let round = 0;
    const unknownWords = () => {
      round += 1;
      return Array.from({ length: 90 }, (_, word) => `v${round}x${word}`);
    };
    await using provider = await startProvider({
      createMerchant: () => ({
        status: 422,
        body: { error: { statusCode: 422, details: { codes: { mobile: unknownWords() } } } },
      }),
    });
    let reported = 0;
    const onDrift = () => {
      reported += 1;
    };
    const partner = provider.client({ guard: contractGuard([guards.createMerchant], { onDrift }) });
    for (let call = 0; call < 12; call += 1) await partner.createMerchant(merchant).catch(() => {});
    expect(reported).toBe(1000);
  });

  test.each([
    () => {
      throw new Error('no disk');
    },
    () => Promise.reject(new Error('no disk')),
    () => new Promise(() => {}),
  ])('a listener that fails or hangs does not make the call fail: %s', async (onDrift) => {
    await using provider = await startProvider({ createMerchant: () => ({ body: { id: 7 } }) });
    const guard = contractGuard([guards.createMerchant], { onDrift });
    await expect(provider.client({ guard }).createMerchant(merchant)).resolves.toEqual({ id: 7 });
  });

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

  test('a request outside of limits that we added is sent, and reported', async () => {
    await using provider = await startProvider();
    const drifts: Drift[] = [];
    const guard = contractGuard([guards.createMerchant], { onDrift: (drift) => drifts.push(drift) });
    await provider.client({ guard }).createMerchant({ ...merchant, flowId: 'ABC' });
    expect(drifts).toMatchObject([
      { subject: 'createMerchant', side: 'request', pointer: '/flowId', keyword: 'pattern' },
    ]);
  });

  test('the documented request of callback URLs has no drift', async () => {
    await using provider = await startProvider();
    const onDrift = vi.fn();
    const guard = contractGuard([guards.registerCallbacks], { onDrift });
    const { allEvents } = requestExamples.registerCallbacks;
    await provider.client({ guard }).registerCallbacks(allEvents);
    expect(onDrift).not.toHaveBeenCalled();
  });

  test('a report of drift shows only the new word, the unknown and the missing properties of a response', async () => {
    const body = {
      ...Object(success('createMerchant').body),
      status: 'Parked',
      flowDetails: { name: 'Asha Example', type: 'Asha Example', colour: 'red' },
      regex: undefined,
    };
    await using provider = await startProvider({ createMerchant: () => ({ body }) });
    const drifts: Drift[] = [];
    const options = { responses: 'throw', onDrift: (drift: Drift) => drifts.push(drift) } as const;
    await provider
      .client({ guard: contractGuard([guards.createMerchant], options) })
      .createMerchant(merchant);
    expect(drifts.map(placeOf).sort()).toEqual([
      '/flowDetails/* additionalProperties',
      '/flowDetails/type word',
      '/regex missing',
      '/status word',
    ]);
    expect(drifts.find(({ pointer }) => pointer === '/status')).toEqual({
      subject: 'createMerchant',
      side: 'response',
      status: 200,
      pointer: '/status',
      keyword: 'word',
      expected: 'word new, pending, accept, reject, draft, accepted, rejected, drafted',
      word: 'Parked',
    });
    expect(JSON.stringify(drifts)).not.toMatch(/Asha|red"/);
  });

  test.each([
    ['an error body of another shape', 403, { error: { message: 7 } }, ['/error/message type']],
    ['an error that is no JSON', 400, 'Asha Example', [' type']],
    ['a status that the contract does not list', 418, { error: {} }, [' status']],
    ['a page of a proxy', 502, '<html></html>', []],
  ])('of %s the guard reports what differs, and the call fails as without a guard', async (...failure) => {
    const [, status, body, places] = failure;
    await using provider = await startProvider({ createMerchant: () => ({ status, body }) });
    const drifts: Drift[] = [];
    const guard = contractGuard([guards.createMerchant], {
      responses: 'throw',
      onDrift: (drift) => drifts.push(drift),
    });
    const [guarded, bare] = await Promise.all(
      [provider.client({ guard }), provider.client()].map((partner) =>
        partner.createMerchant(merchant).catch((error: unknown) => error),
      ),
    );
    expect(String(guarded)).toBe(String(bare));
    expect(drifts.map(placeOf)).toEqual(expect.arrayContaining(places));
    expect(drifts.every((drift) => drift.side === 'response' && drift.status === status)).toBe(true);
    if (places.length === 0) expect(drifts).toEqual([]);
    expect(JSON.stringify(drifts)).not.toContain('Asha');
  });

  test('a file satisfies the contract’s string', async () => {
    await using provider = await startProvider();
    const guard = contractGuard([guards.uploadFile], { responses: 'throw' });
    const stored = await provider.client({ guard }).uploadFile({ file: new Blob(['x']), ttl: '1 month' });
    expect(stored).toEqual(success('uploadFile').body);
  });
});
