import { operations } from '@partner-ecosystem/openapi/operations';
import { describe, expect, test } from 'vitest';
import { ConnectionError, NotFoundError, OutcomeUnknownError } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { countedTokens, credentials, startProvider } from '../support/provider.ts';

describe('raw operations', () => {
  test('raw operations share the login, and resolve to the response with any status', async () => {
    const headers = { 'X-Seen': 'yes' };
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      linkPartner: () => ({ ...success('linkPartner'), headers }),
      pullMerchant: () => ({ status: 404, body: {}, headers }),
      createMerchant: () => ({ status: 502, body: '<html>', headers }),
    });
    const { raw } = provider.partner;
    const linked = await raw.linkPartner({
      distributorId: '6553f0000000000000000001',
      realmId: pull.realmId,
    });
    const responses = [linked, await raw.pullMerchant(pull), await raw.createMerchant(merchant)];
    expect(responses).toMatchObject([
      { ok: true, status: 200, body: success('linkPartner').body },
      { ok: false, status: 404, body: {} },
      { ok: false, status: 502, body: '<html>' },
    ]);
    expect(responses.map(({ headers }) => headers.get('X-Seen'))).toEqual(['yes', 'yes', 'yes']);
    expect(provider.count('loginPartner')).toBe(1);
  });

  test('a raw response without success has the error that the method throws', async () => {
    await using provider = await startProvider({
      pullMerchant: () => ({ status: 404, body: {} }),
      createMerchant: () => ({ status: 502, body: {} }),
    });
    const { raw } = provider.partner;
    const pulled = await raw.pullMerchant(pull);
    const created = await raw.createMerchant(merchant);
    expect(!pulled.ok && pulled.error).toBeInstanceOf(NotFoundError);
    expect(!created.ok && created.error).toBeInstanceOf(OutcomeUnknownError);
  });

  test.each([
    [204, undefined, undefined],
    [200, '<html>', '<html>'],
    [200, '{"id":', '{"id":'],
    [201, '', undefined],
  ])('a raw operation resolves to a %i with the body %j, which is not ok', async (status, sent, body) => {
    await using provider = await startProvider({
      pullMerchant: () => ({ status, body: sent, headers: { 'X-Seen': 'yes' } }),
    });
    const { raw } = provider.client({ retry: false });
    const response = await raw.pullMerchant(pull);
    expect(response).toMatchObject({ ok: false, status, error: { name: 'UnreadableResponseError' } });
    expect(response.body).toBe(body);
    expect(response.headers.get('X-Seen')).toBe('yes');
  });

  test.each([
    [401, 'LoginError'],
    [429, 'RateLimitError'],
    [503, 'ServerError'],
    [302, 'UnreadableResponseError'],
  ])('a raw operation rejects if its login gets %i, and the error names the login', async (status, name) => {
    await using provider = await startProvider({ loginPartner: () => ({ status }) });
    const { raw } = provider.client({ retry: false });
    await expect(raw.pullMerchant(pull)).rejects.toMatchObject({ name, operationId: 'loginPartner' });
    const own = await raw.loginPartner(credentials);
    expect(own).toMatchObject({ ok: false, status });
  });

  test('raw operations reject if there is no response', async () => {
    await using provider = await startProvider();
    const { raw } = provider.client({ fetch: () => Promise.reject(new Error('no')), retry: false });
    await expect(raw.createMerchant(merchant)).rejects.toBeInstanceOf(ConnectionError);
  });

  test('every operation of the contract has a raw operation', async () => {
    await using provider = await startProvider();
    expect(Object.keys(provider.partner.raw)).toEqual(Object.keys(operations));
  });
});
