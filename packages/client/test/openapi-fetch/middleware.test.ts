import type { Middleware } from 'openapi-fetch';
import { describe, expect, test } from 'vitest';
import { createOpenApiClient } from '../../src/create-open-api-client.ts';
import { ConnectionError, type PartnerClient } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { closedUrl, countedTokens, startProvider } from '../support/provider.ts';

function read(partner: PartnerClient, ...middleware: Middleware[]) {
  const client = createOpenApiClient(partner);
  client.use(...middleware);
  return client.GET('/api/distributors/pullMerchant/{merchantId}', {
    params: { path: { merchantId: pull.merchantId }, query: { realmId: pull.realmId } },
  });
}

describe('middleware of openapi-fetch', () => {
  test('onRequest sees the path of the contract, and no token', async () => {
    await using provider = await startProvider({ loginPartner: countedTokens() });
    const seen: unknown[] = [];
    await read(provider.partner, {
      onRequest({ request, schemaPath }) {
        seen.push(schemaPath, request.url, request.headers.get('Authorization'));
      },
    });
    expect(seen).toEqual([
      '/api/distributors/pullMerchant/{merchantId}',
      `https://contract.invalid/api/distributors/pullMerchant/${pull.merchantId}?realmId=${pull.realmId}`,
      null,
    ]);
  });

  test('headers and a query that onRequest sets arrive', async () => {
    await using provider = await startProvider();
    await read(
      provider.partner,
      { onRequest: ({ request }) => void request.headers.set('X-Case', 'EXAMPLE-0001') },
      { onRequest: ({ request }) => new Request(`${request.url}&trace=1`, request) },
    );
    expect(provider.arrivals.at(-1)).toMatchObject({
      headers: { 'x-case': 'EXAMPLE-0001' },
      query: { realmId: pull.realmId, trace: '1' },
    });
  });

  test('a body that onRequest replaces arrives', async () => {
    await using provider = await startProvider();
    const client = createOpenApiClient(provider.partner);
    const name = 'Asha Example the Second';
    client.use({
      onRequest: async ({ request }) =>
        new Request(request, { body: JSON.stringify({ ...((await request.json()) as object), name }) }),
    });
    await client.POST('/api/distributors/createMerchant', { body: merchant });
    expect(JSON.parse(`${provider.arrivals.at(-1)?.body}`)).toEqual({ ...merchant, name });
  });

  test('a request to another address is refused', async () => {
    await using provider = await startProvider();
    const elsewhere: Middleware = { onRequest: ({ request }) => new Request(provider.url, request) };
    await expect(read(provider.partner, elsewhere)).rejects.toBeInstanceOf(TypeError);
    expect(provider.arrivals).toEqual([]);
  });

  test('a response of onRequest keeps the request from being sent', async () => {
    await using provider = await startProvider();
    const { data } = await read(provider.partner, { onRequest: () => Response.json({ kept: true }) });
    expect([data, provider.arrivals]).toEqual([{ kept: true }, []]);
  });

  test('onResponse can read a copy of the response, and replace it', async () => {
    await using provider = await startProvider();
    const { data } = await read(provider.partner, {
      async onResponse({ response }) {
        return Response.json({ copy: await response.clone().json() });
      },
    });
    expect(data).toEqual({ copy: success('pullMerchant').body });
  });

  test('onError receives the error of the client, and can respond instead', async () => {
    await using provider = await startProvider();
    const errors: unknown[] = [];
    const { data } = await read(provider.client({ goUrl: closedUrl, retry: false }), {
      onError({ error }) {
        errors.push(error);
        return Response.json({});
      },
    });
    expect(errors).toEqual([expect.any(ConnectionError)]);
    expect(data).toEqual({});
  });
});
