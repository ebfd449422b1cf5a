import { describe, expect, it, vi } from 'vitest';
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

/** A createMerchant whose first attempt goes wrong in some way, and what findMerchant then does. */
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

describe('an operation that writes, of unclear outcome', () => {
  it('ends with an error of its own, that has your reference and what went wrong', async () => {
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

  it.each([
    ['timeout', never, { timeoutMs: 300 }],
    ['connection', () => ({ hangUp: 'before headers' }) as const, {}],
    ['connection', () => ({ hangUp: 'within body' }) as const, {}],
    ['server', () => ({ status: 504 }), {}],
  ] as const)('says that the reason was %s', async (reason, first, options) => {
    const { outcome } = await create(first, undefined, options);
    expect(outcome).toMatchObject({ name: 'OutcomeUnknownError', reason });
  });

  it('that makes a partner may be sent once more by you: a 422 for the name then says that it exists', async () => {
    const taken = { error: { details: { codes: { username: ['uniqueness'] } } } };
    const answers: ScriptedResponse[] = [{ hangUp: 'before headers' }, { status: 422, body: taken }];
    await using provider = await startProvider({ createPartner: () => answers.shift() ?? {} });
    const unclear = provider.partner.createPartner(credentials);
    await expect(unclear).rejects.toThrow(/a 422 with username \(uniqueness\) means that the partner exists/);
    const again = await provider.partner.createPartner(credentials).catch((error: unknown) => error);
    expect(again).toBeInstanceOf(ValidationError);
    expect((again as ValidationError).fields).toEqual({ username: ['uniqueness'] });
  });
});

describe('findMerchant', () => {
  it('is asked for the reference, and what it finds is what the call resolves with', async () => {
    const findMerchant = vi.fn(async () => existing);
    const { outcome, sent } = await create(() => ({ hangUp: 'before headers' }), findMerchant);
    expect(outcome).toEqual(existing);
    expect(findMerchant.mock.calls).toEqual([[merchant.signzyAppId]]);
    expect(sent).toBe(1);
  });

  it('that finds nothing lets the merchant be created again', async () => {
    const { outcome, sent } = await create(
      () => ({ status: 502 }),
      async () => undefined,
    );
    expect([outcome, sent]).toEqual([success('createMerchant').body, 2]);
  });

  it.each([
    ['a timeout', never, { timeoutMs: 300 }],
    ['a 504', () => ({ status: 504 }), {}],
  ] as const)(
    'that finds nothing after %s proves nothing: the first attempt may be under way',
    async (_, first, options) => {
      const { outcome, sent } = await create(first, async () => undefined, options);
      expect(outcome).toBeInstanceOf(OutcomeUnknownError);
      expect(sent).toBe(1);
    },
  );

  it('that fails leaves the outcome unknown, and its own failure out of it', async () => {
    const findMerchant = () => Promise.reject(new Error('secret of the records'));
    const { outcome, sent } = await create(() => ({ status: 502 }), findMerchant);
    expect(outcome).toMatchObject({ name: 'OutcomeUnknownError', reason: 'server' });
    expect(sent).toBe(1);
  });

  it('is not asked where the outcome is clear', async () => {
    const findMerchant = vi.fn(async () => existing);
    for (const answer of [
      success('createMerchant'),
      { status: 422, body: {} },
      { status: 429 },
      { status: 401 },
    ])
      await create(() => answer, findMerchant);
    expect(findMerchant).not.toHaveBeenCalled();
  });

  it('that takes long ends with the signal', async () => {
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
