import { requests } from '@partner-ecosystem/openapi/examples';
import { afterEach, expect, test, vi } from 'vitest';
import { pendingMerchant, pullOf, readySandbox } from '../support/journey.ts';

afterEach(() => vi.restoreAllMocks());

const customer = requests.createMerchant.customer;

test('an invalid override causes a 500 and is logged, unless it is unchecked', async () => {
  const { sandbox, api, token } = await readySandbox();
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const create = () => api.send('createMerchant', { token, json: customer });
  sandbox.on('createMerchant', { times: 1 }, ({ respond }) => respond(200, { id: 7 } as never));
  expect(await create()).toMatchObject({ status: 500 });
  expect(log.mock.calls).toEqual([
    [expect.stringContaining('An override breaks the contract. The 200 response of createMerchant')],
  ]);
  sandbox.on('createMerchant').respondUnchecked(299, { anything: true });
  expect(await create()).toEqual({ status: 299, body: { anything: true } });
});

test.each(['strict', 'warn'] as const)(
  'an exception of an override is reported as the test’s own error, with requests %s',
  async (requests) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { sandbox, api, token } = await readySandbox({ requests });
    const mistake = new Error('the test expected another name');
    sandbox.on('createMerchant', () => {
      throw mistake;
    });
    // In the mode `warn`, the second request is performed in spite of its violation.
    for (const json of [customer, { ...customer, flowId: 7 }])
      expect(await api.send('createMerchant', { token, json })).toMatchObject({
        status: requests === 'warn' || json === customer ? 500 : 422,
      });
    expect(sandbox.overrideErrors()[0]).toMatchObject({
      message: 'The override of createMerchant threw an exception.',
      cause: mistake,
    });
    expect(log.mock.calls[0]).toEqual([expect.stringContaining('createMerchant'), mistake]);
    expect(log.mock.calls.join()).not.toContain('The sandbox has a bug');
    sandbox.reset();
    expect(sandbox.overrideErrors()).toEqual([]);
  },
);

test.each([
  [
    'returned a promise. A handler must return its response itself',
    async () => Promise.reject(new Error('late')),
  ],
  ['returned a promise', async ({ next }: { next: () => unknown }) => next()],
  ['returned no response. Return the result of respond() or next()', () => undefined],
  ['returned no response', () => ({ body: {} })],
])('an override that %s… is the test’s own error', async (problem, handler) => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { sandbox, api, token } = await readySandbox();
  sandbox.on('createMerchant', handler as never);
  expect(await api.send('createMerchant', { token, json: customer })).toMatchObject({ status: 500 });
  expect(sandbox.overrideErrors()).toMatchObject([
    { message: expect.stringContaining(`The override of createMerchant ${problem}`) },
  ]);
});

test('the first hundred mistakes of overrides are kept', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { sandbox, api, token } = await readySandbox();
  sandbox.on('createMerchant', () => undefined as never);
  for (let count = 0; count < 110; count++) await api.send('createMerchant', { token, json: customer });
  expect(sandbox.overrideErrors()).toHaveLength(100);
});

test('a handler that changes the sandbox fails, because the change would be lost', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { sandbox, api, token } = await readySandbox();
  const merchantId = await pendingMerchant(api, token);
  for (const change of [() => sandbox.backOffice.accept(merchantId), () => sandbox.reset()]) {
    const remove = sandbox.on('pullMerchant', ({ next }) => {
      change();
      return next();
    });
    expect(await api.send('pullMerchant', pullOf(merchantId, token))).toMatchObject({ status: 500 });
    remove();
  }
  expect(sandbox.overrideErrors()).toHaveLength(2);
  for (const { cause } of sandbox.overrideErrors())
    expect(cause).toMatchObject({
      message: expect.stringContaining('Change the sandbox in onEffect, or after the response.'),
    });
  expect(sandbox.backOffice.find(merchantId)?.status).toBe('pending');
  sandbox.backOffice.accept(merchantId);
  expect(sandbox.backOffice.find(merchantId)?.status).toBe('accept');
});
