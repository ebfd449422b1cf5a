import { describe, expect, test, vi } from 'vitest';
import {
  type CallOptions,
  type OperationResult,
  OutcomeUnknownError,
  type PartnerClientOptions,
  ServerError,
  ValidationError,
} from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant } from '../support/example-input.ts';
import { credentials, startProvider } from '../support/provider.ts';
import { never, type ScriptedResponse } from '../support/scripted-provider.ts';

const existing: OperationResult<'createMerchant'> = { id: '6553f1000000000000000004', status: 'new' };

/** Calls createMerchant. Only the first attempt gets the response of `first`. */
async function create(
  first: () => ScriptedResponse | Promise<ScriptedResponse>,
  findMerchant: PartnerClientOptions['findMerchant'],
  options: CallOptions = {},
) {
  const attempts = [first];
  await using provider = await startProvider({
    createMerchant: () => attempts.shift()?.() ?? success('createMerchant'),
  });
  const outcome = await provider
    .client({ findMerchant })
    .createMerchant(merchant, options)
    .catch((error: unknown) => error);
  return { outcome, sent: provider.count('createMerchant') };
}

describe('a write whose outcome is unknown', () => {
  test('an OutcomeUnknownError has the reference and the failure', async () => {
    const { outcome, sent } = await create(() => ({ status: 502, body: '<html>' }), undefined);
    expect(outcome).toBeInstanceOf(OutcomeUnknownError);
    expect(outcome).toMatchObject({ operationId: 'createMerchant', attempts: 1, reason: 'server' });
    const unknown = outcome as OutcomeUnknownError;
    expect(unknown.signzyAppId()).toBe(merchant.signzyAppId);
    expect(unknown.failure).toBeInstanceOf(ServerError);
    expect((unknown.failure as ServerError).body()).toBe('<html>');
    expect(unknown.message).toContain('Look for its signzyAppId in your records and callbacks');
    expect(sent).toBe(1);
  });

  test.each([
    ['timeout', never, { timeoutMs: 300 }],
    ['connection', () => ({ hangUp: 'before headers' }) as const, {}],
    ['connection', () => ({ hangUp: 'within body' }) as const, {}],
    ['server', () => ({ status: 504 }), {}],
  ] as const)('an OutcomeUnknownError has the reason %s', async (reason, first, options) => {
    const { outcome } = await create(first, undefined, options);
    expect(outcome).toMatchObject({ name: 'OutcomeUnknownError', reason });
  });

  test('createPartner: a retry that gets 422 uniqueness means the partner exists', async () => {
    const taken = { error: { details: { codes: { username: ['uniqueness'] } } } };
    const responses: ScriptedResponse[] = [{ hangUp: 'before headers' }, { status: 422, body: taken }];
    await using provider = await startProvider({ createPartner: () => responses.shift() ?? {} });
    const first = provider.partner.createPartner(credentials);
    await expect(first).rejects.toThrow(/a 422 with username \(uniqueness\) means that the partner exists/);
    const again = await provider.partner.createPartner(credentials).catch((error: unknown) => error);
    expect(again).toBeInstanceOf(ValidationError);
    expect((again as ValidationError).fields).toEqual({ username: ['uniqueness'] });
  });
});

describe('findMerchant', () => {
  test('the call resolves to the merchant that findMerchant finds', async () => {
    const findMerchant = vi.fn(async () => existing);
    const { outcome, sent } = await create(() => ({ hangUp: 'before headers' }), findMerchant);
    expect(outcome).toEqual(existing);
    expect(findMerchant.mock.calls).toEqual([[merchant.signzyAppId]]);
    expect(sent).toBe(1);
  });

  test('the merchant is created again if findMerchant finds nothing', async () => {
    const { outcome, sent } = await create(
      () => ({ status: 502 }),
      async () => undefined,
    );
    expect([outcome, sent]).toEqual([success('createMerchant').body, 2]);
  });

  test.each([
    ['a timeout', never, { timeoutMs: 300 }],
    ['a 504', () => ({ status: 504 }), {}],
  ] as const)(
    'after %s nothing is repeated, because the first attempt may be in flight',
    async (_, first, options) => {
      const { outcome, sent } = await create(first, async () => undefined, options);
      expect(outcome).toBeInstanceOf(OutcomeUnknownError);
      expect(sent).toBe(1);
    },
  );

  test('the outcome remains unknown if findMerchant fails, and its error is not shown', async () => {
    const findMerchant = () => Promise.reject(new Error('secret of the records'));
    const { outcome, sent } = await create(() => ({ status: 502 }), findMerchant);
    expect(outcome).toMatchObject({ name: 'OutcomeUnknownError', reason: 'server' });
    expect(sent).toBe(1);
  });

  test('findMerchant is not called if the outcome is known', async () => {
    const findMerchant = vi.fn(async () => existing);
    for (const response of [
      success('createMerchant'),
      { status: 422, body: {} },
      { status: 429 },
      { status: 401 },
    ])
      await create(() => response, findMerchant);
    expect(findMerchant).not.toHaveBeenCalled();
  });

  test('the signal ends a slow findMerchant', async () => {
    const controller = new AbortController();
    await using provider = await startProvider({ createMerchant: () => ({ status: 502 }) });
    const findMerchant = () => {
      controller.abort();
      return new Promise<undefined>(() => {});
    };
    const failure = provider.client({ findMerchant }).createMerchant(merchant, { signal: controller.signal });
    await expect(failure).rejects.toBeInstanceOf(OutcomeUnknownError);
  });
});
