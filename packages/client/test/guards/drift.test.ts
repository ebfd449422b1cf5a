import { requests as requestExamples } from '@partner-ecosystem/openapi/examples';
import { describe, expect, test, vi } from 'vitest';
import * as guards from '../../src/guards.ts';
import { contractGuard, type Drift } from '../../src/guards.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

/** Where a drift is, and which keyword. */
const placeOf = ({ pointer, keyword }: Drift) => `${pointer} ${keyword}`;

describe('a guarded client', () => {
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
  ])('the guard reports the drift of %s, and the call fails as without a guard', async (...failure) => {
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
});
