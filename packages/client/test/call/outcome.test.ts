import { describe, expect, test, vi } from 'vitest';
import {
  type CallOptions,
  type OperationResult,
  OutcomeUnknownError,
  type PartnerClientOptions,
  type RetryOptions,
  ServerError,
  ValidationError,
} from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { credentials, startProvider } from '../support/provider.ts';
import { never, type ScriptedResponse } from '../support/scripted-provider.ts';

const existing: OperationResult<'createMerchant'> = { id: '6553f1000000000000000004', status: 'new' };

/** Ends a create that gets no response. A busy machine needs less time to send the create of a client that has logged in. */
const limited: CallOptions = { timeoutMs: 1000 };

/** Calls createMerchant, with a client that has logged in. Only the first attempt gets the response of `first`. */
async function create(
  first: () => ScriptedResponse | Promise<ScriptedResponse>,
  findMerchant: PartnerClientOptions['findMerchant'],
  options: CallOptions = {},
  retry: RetryOptions = {},
) {
  const attempts = [first];
  await using provider = await startProvider({
    createMerchant: () => attempts.shift()?.() ?? success('createMerchant'),
  });
  const partner = provider.client({ findMerchant, retry });
  await partner.pullMerchant(pull);
  const outcome = await partner.createMerchant(merchant, options).catch((error: unknown) => error);
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
    expect(unknown.message).toContain('Find out before you go on');
    expect(sent).toBe(1);
  });

  test.each([
    ['timeout', never, limited],
    ['connection', () => ({ hangUp: 'before headers' }) as const, {}],
    ['connection', () => ({ hangUp: 'within body' }) as const, {}],
    ['server', () => ({ status: 504 }), {}],
    ['response', () => ({ body: '<html>Blocked</html>' }), {}],
    ['response', () => ({ body: '{"id":"6553f1' }), {}],
  ] as const)('an OutcomeUnknownError has the reason %s', async (reason, first, options) => {
    const { outcome } = await create(first, undefined, options);
    expect(outcome).toMatchObject({ name: 'OutcomeUnknownError', reason });
  });

  test('createPartner: a second call that gets 422 uniqueness proves that the partner exists', async () => {
    const taken = { error: { details: { codes: { username: ['uniqueness'] } } } };
    const responses: ScriptedResponse[] = [{ hangUp: 'before headers' }, { status: 422, body: taken }];
    await using provider = await startProvider({ createPartner: () => responses.shift() ?? {} });
    const first = provider.partner.createPartner(credentials);
    await expect(first).rejects.toBeInstanceOf(OutcomeUnknownError);
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

  // A program without types can return any value, and a database often returns `null` for a row that does not exist.
  test.each([null, false, [], {}, 'abc', { merchant_id: 'abc' }, { id: '' }])(
    'only undefined proves that there is no merchant: %j leaves the outcome unknown',
    async (found) => {
      const quick = { maxProcessingMs: 1, budgetMs: 5000 };
      const { outcome, sent } = await create(
        () => ({ status: 502 }),
        async () => found as never,
        {},
        quick,
      );
      expect(outcome).toBeInstanceOf(OutcomeUnknownError);
      expect(sent).toBe(1);
    },
  );

  test('a create that the provider stores after its response is not sent twice', async () => {
    const stored: OperationResult<'createMerchant'>[] = [];
    const store = () => void stored.push(existing);
    const first = () => {
      setTimeout(store, 400);
      return { hangUp: 'before headers' } as const;
    };
    const { outcome, sent } = await create(first, async () => stored[0]);
    expect([outcome, sent]).toEqual([existing, 1]);
  });

  test('the last call of findMerchant comes after the time in which the provider may still be working', async () => {
    let respondedAt = 0;
    let askedAt = 0;
    const first = () => {
      respondedAt = performance.now();
      return { status: 502 };
    };
    const findMerchant = async () => {
      askedAt = performance.now();
      return undefined;
    };
    await create(first, findMerchant, {}, { maxProcessingMs: 400 });
    // Timers may fire up to a millisecond early.
    expect(askedAt - respondedAt).toBeGreaterThanOrEqual(399);
  });

  test('a findMerchant that hangs has the time limit of the call', async () => {
    const hanging = () => new Promise<undefined>(() => {});
    const { outcome } = await create(() => ({ status: 502 }), hanging, limited);
    expect(outcome).toBeInstanceOf(OutcomeUnknownError);
  });

  test('without retries, findMerchant is called once', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ status: 502 }) });
    const findMerchant = vi.fn(async () => undefined);
    const failure = provider.client({ findMerchant, retry: false }).createMerchant(merchant);
    await expect(failure).rejects.toBeInstanceOf(OutcomeUnknownError);
    expect(findMerchant).toHaveBeenCalledTimes(1);
  });

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

  test('the signal ends the delay between two calls of findMerchant', async () => {
    const controller = new AbortController();
    const findMerchant = async () => {
      setImmediate(() => controller.abort());
      return undefined;
    };
    const { outcome, sent } = await create(() => ({ status: 502 }), findMerchant, {
      signal: controller.signal,
    });
    expect(outcome).toBeInstanceOf(OutcomeUnknownError);
    expect(sent).toBe(1);
  });
});

describe.concurrent('findMerchant finds nothing', () => {
  type Unknown = [
    what: string,
    first: () => ScriptedResponse | Promise<ScriptedResponse>,
    options: CallOptions,
  ];
  const unknowns: Unknown[] = [
    ['a reset', () => ({ hangUp: 'before headers' }), {}],
    ['a cut response', () => ({ hangUp: 'within body' }), {}],
    ['a timeout', never, limited],
    ['a block page', () => ({ body: '<html>Blocked</html>' }), {}],
    ['a 408', () => ({ status: 408 }), {}],
    ['a 500', () => ({ status: 500 }), {}],
    ['a 502', () => ({ status: 502 }), {}],
    ['a 503', () => ({ status: 503 }), {}],
    ['a 504', () => ({ status: 504 }), {}],
  ];

  test.each(unknowns)('after %s, a merchant that appears later is found', async (_, first, options) => {
    const found = [undefined, existing];
    const { outcome, sent } = await create(first, async () => found.shift(), options);
    expect([outcome, sent]).toEqual([existing, 1]);
  });

  test.each(unknowns)(
    'after %s, the merchant is created again when the provider can no longer be working on the first request',
    async (_, first, options) => {
      const { outcome, sent } = await create(first, async () => undefined, options, { maxProcessingMs: 1 });
      expect([outcome, sent]).toEqual([success('createMerchant').body, 2]);
    },
  );

  test.each(unknowns)('after %s, no create follows during maxProcessingMs', async (_, first, options) => {
    const { outcome, sent } = await create(first, async () => undefined, options, { budgetMs: 400 });
    expect(outcome).toBeInstanceOf(OutcomeUnknownError);
    expect(sent).toBe(1);
  });
});
