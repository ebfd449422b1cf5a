import { afterEach, expect, test, vi } from 'vitest';
import { matchers, withSandbox } from '../src/jest.ts';
import { ApiSession, createMerchant } from './support/journey.ts';

// The entry for Jest needs nothing of Jest, so that it works here too.
expect.extend(matchers);

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test(
  'a wrapped test has a sandbox, a partner and an address',
  withSandbox(async ({ sandbox, partner, sandboxUrl }) => {
    const api = new ApiSession(fetch, await sandboxUrl());
    const { body } = await api.send('loginPartner', { json: partner().credentials });
    const merchantId = await createMerchant(api, body['id'] ?? '');
    expect(sandbox).toHaveReceivedOnce({ operation: 'createMerchant', merchantId });
    expect(sandbox).not.toHaveReceived('pushMerchant');
    expect(sandbox).toHaveReceivedTimes('loginPartner', 1);
    expect(body).toMatchContract('loginPartner');
    expect(await sandboxUrl()).toBe(api.baseUrl);
  }),
);

test('two wrapped tests have different seeds, and a failed one prints its seed and events', async () => {
  vi.stubEnv('SANDBOX_SEED', undefined);
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const seeds: (string | number)[] = [];
  const failing = withSandbox(({ sandbox, partner }) => {
    partner();
    seeds.push(sandbox.seed);
    throw new Error('the test’s own failure');
  });
  for (let round = 0; round < 2; round++) await expect(failing()).rejects.toThrow('own failure');
  expect(seeds[0]).not.toBe(seeds[1]);
  expect(log.mock.calls.join('\n')).toContain(`repeat with SANDBOX_SEED=${seeds[0]}`);
});

test('a wrapped test fails with the exception of its override', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const failing = withSandbox(async ({ sandbox, partner }) => {
    sandbox.on('loginPartner', () => {
      throw new Error('unexpected');
    });
    await new ApiSession(sandbox.fetch).send('loginPartner', { json: partner().credentials });
  });
  await expect(failing()).rejects.toThrow('The override of loginPartner threw an exception.');
});

test('a failed matcher lists the requests without personal data', async () => {
  await withSandbox(async ({ sandbox }) => {
    await new ApiSession(sandbox.fetch).send('loginPartner', { json: { username: 'x', password: 'secret' } });
    const check = () => expect(sandbox).toHaveReceivedOnce('pushMerchant');
    expect(check).toThrow('Expected one request matching {"operation":"pushMerchant"}, but found 0.');
    expect(check).toThrow('loginPartner 401, response from machine');
    expect(check).not.toThrow('secret');
    const negated = () => expect(sandbox).not.toHaveReceived('loginPartner');
    expect(negated).toThrow('Did not expect at least one request matching {"operation":"loginPartner"}');
    expect(() => expect({}).toHaveReceived('pushMerchant')).toThrow('Give expect() the sandbox itself');
  })();
});
