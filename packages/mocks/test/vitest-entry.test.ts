import { requests, webhooks } from '@partner-ecosystem/openapi/examples';
import { describe, expect as plainExpect, vi } from 'vitest';
import { expect, test } from '../src/vitest.ts';
import { ApiSession, createMerchant, readyPartner } from './support/journey.ts';

test('each test has its own sandbox, in process and over HTTP', async ({ sandbox, sandboxUrl }) => {
  const api = new ApiSession(fetch, sandboxUrl);
  const { token } = await readyPartner(api, sandbox.fixtures.administratorToken);
  const merchantId = await createMerchant(api, token);
  expect(Object.keys(sandbox.snapshot().merchants)).toEqual([merchantId]);
  expect(sandbox.faults.add({ operation: '*', kind: 'reset' })).toBe('fault-1');
});

test('the next test has another sandbox', ({ sandbox }) => {
  expect(sandbox.snapshot().merchants).toEqual({});
  expect(() => sandbox.faults.add({ operation: '*', kind: 'reset' })).toThrow('only over http');
});

describe('toMatchContract', () => {
  test('accepts a valid body', async ({ sandbox }) => {
    const api = new ApiSession(sandbox.fetch);
    const { token } = await readyPartner(api, sandbox.fixtures.administratorToken);
    const created = await api.send('createMerchant', { token, json: requests.createMerchant.customer });
    expect(created.body).toMatchContract('createMerchant');
    const refused = await api.send('createMerchant', { json: {} });
    expect(refused.body).toMatchContract('createMerchant', 401);
    expect(webhooks.accept).toBeTypeOf('object');
    for (const payload of Object.values(webhooks.accept)) expect(payload).toMatchContract('accept');
  });

  test('reports the place of a violation without the value', () => {
    const check = () => expect({ id: 'secret', status: 7 }).toMatchContract('createMerchant');
    plainExpect(check).toThrow(
      'The body violates the contract of the 200 response of createMerchant:\n  /status must be string',
    );
    plainExpect(check).not.toThrow('secret');
    plainExpect(() => expect({}).not.toMatchContract('createMerchant')).not.toThrow();
  });

  test('refuses names outside the contract', () => {
    plainExpect(() => expect({}).toMatchContract('createMerchant', 418)).toThrow(
      'no body for createMerchant',
    );
    plainExpect(() => expect({}).toMatchContract('toString' as never)).toThrow('no body for toString');
  });
});

test('a test can have a partner of its own, and expect the requests', async ({ sandbox, partner }) => {
  const api = new ApiSession(sandbox.fetch);
  const { body } = await api.send('loginPartner', { json: partner.credentials });
  const merchantId = await createMerchant(api, body['id'] ?? '');
  expect(sandbox).toHaveReceivedOnce({ operation: 'createMerchant', merchantId });
  expect(sandbox).not.toHaveReceived('pushMerchant');
});

const seeds = new Set<string | number>();

test.for([1, 2])('each test has a seed of its own, unless SANDBOX_SEED is set (%d)', (_, { sandbox }) => {
  if (process.env['SANDBOX_SEED'] === undefined) plainExpect(seeds).not.toContain(sandbox.seed);
  seeds.add(sandbox.seed);
});

// Vitest expects this test to fail, and reports an error if it passes.
test.fails('a test fails if an override throws an exception', async ({
  sandbox,
  partner,
  onTestFinished,
}) => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  sandbox.on('loginPartner', () => {
    throw new Error('unexpected');
  });
  await new ApiSession(sandbox.fetch).send('loginPartner', { json: partner.credentials });
});
