import { type Operation, operations } from '@partner-ecosystem/openapi/operations';
import { wrapAsPathBasedClient } from 'openapi-fetch';
import { describe, expect, test } from 'vitest';
import { createOpenApiClient } from '../../src/create-open-api-client.ts';
import { contractGuard, createMerchant, getPushMerchantSpec } from '../../src/guards.ts';
import type { CallOptions, PartnerClient } from '../../src/index.ts';
import { ContractError } from '../../src/index.ts';
import { exampleInput, exampleParameters, success } from '../support/contract-example.ts';
import { fileBytes, merchant, pull } from '../support/example-input.ts';
import { countedTokens, type Provider, startProvider } from '../support/provider.ts';
import type { Arrival } from '../support/scripted-provider.ts';

type AnyRequest = (method: string, path: string, init: object) => Promise<{ data?: unknown }>;
type AnyMethod = (input: object, options?: CallOptions) => Promise<unknown>;

/** The init of openapi-fetch for an operation's example. */
function exampleInit(operation: Operation): object {
  const input = exampleInput(operation);
  if (operation.requestType) return { body: input };
  const parameters = exampleParameters(operation);
  const named = (place: 'path' | 'query') =>
    Object.fromEntries(
      parameters.filter((parameter) => parameter.in === place).map(({ name }) => [name, input[name]]),
    );
  return { params: { path: named('path'), query: named('query') } };
}

/** The received request, without the parts in which equal requests differ: the port, and a form's boundary and length. */
function received({ body, headers, ...arrival }: Arrival): object {
  const boundary = headers['content-type']?.split('boundary=')[1];
  const plain = (text = '') => (boundary ? text.replaceAll(boundary, 'boundary') : text);
  const type = plain(headers['content-type']);
  return {
    ...arrival,
    body: plain(body.toString('latin1')),
    headers: { ...headers, host: '', 'content-type': type, ...(boundary && { 'content-length': '' }) },
  };
}

describe.each<Operation>(Object.values(operations))('$operationId', (operation) => {
  const { operationId, method, path } = operation;

  test('the provider receives the request of the method, and its body becomes data', async () => {
    await using provider = await startProvider({ loginPartner: () => ({ body: { id: 'token' } }) });
    await using same = await startProvider({ loginPartner: () => ({ body: { id: 'token' } }) });
    const request = createOpenApiClient(provider.partner).request as AnyRequest;
    const { data } = await request(method, path, exampleInit(operation));
    const body = await (same.partner[operationId] as AnyMethod)(exampleInput(operation));
    expect(data).toEqual(body);
    expect(provider.arrivals.map(received)).toEqual(same.arrivals.map(received));
  });
});

const pullInit = {
  params: { path: { merchantId: pull.merchantId }, query: { realmId: pull.realmId } },
} as const;

function readMerchant(partner: PartnerClient, init: object = {}) {
  return createOpenApiClient(partner).GET('/api/distributors/pullMerchant/{merchantId}', {
    ...pullInit,
    ...init,
  });
}

describe('a client of openapi-fetch', () => {
  test('a client created from a client shares the login, and a client created from options logs in', async () => {
    await using provider = await startProvider({ loginPartner: countedTokens() });
    const { partner } = provider;
    await Promise.all([readMerchant(partner), readMerchant(partner), partner.pullMerchant(pull)]);
    expect(provider.count('loginPartner')).toBe(1);

    const { url } = provider;
    const credentials = { username: 'example-broker', password: 'Not-a-real-password-2' };
    const client = createOpenApiClient({ goUrl: url, backopsUrl: url, persistUrl: url, credentials });
    await client.GET('/api/distributors/pullMerchant/{merchantId}', pullInit);
    expect(provider.count('loginPartner')).toBe(2);
  });

  test('a transient failure of a read is retried', async () => {
    let pulls = 0;
    await using provider = await startProvider({
      pullMerchant: () => (++pulls === 1 ? { status: 503 } : success('pullMerchant')),
    });
    const { data, response } = await readMerchant(provider.partner);
    expect([data, response.status, pulls]).toEqual([success('pullMerchant').body, 200, 2]);
  });

  test.each([
    ['a Blob', { body: { file: new Blob([fileBytes]), ttl: '1 month' as const } }],
    ['a File', { body: { file: new File([fileBytes], 'photo.jpg'), ttl: '1 month' as const } }],
  ])('%s is uploaded with all its bytes', async (_, init) => {
    await using provider = await startProvider();
    await createOpenApiClient(provider.partner).POST('/api/files/upload', init);
    const [arrival] = provider.arrivals;
    expect(arrival?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(arrival?.body.includes(Buffer.from(fileBytes))).toBe(true);
    expect(arrival?.body.toString('latin1')).toContain('1 month');
  });

  test('headers of a call arrive, but do not replace Authorization', async () => {
    await using provider = await startProvider({ loginPartner: countedTokens() });
    await readMerchant(provider.partner, { headers: { 'X-Case': 'EXAMPLE-0001', Authorization: 'other' } });
    expect(provider.arrivals.at(-1)?.headers).toMatchObject({
      'x-case': 'EXAMPLE-0001',
      authorization: 'token-1',
    });
  });

  test('a parameter that the contract does not know may have a name that every object has', async () => {
    await using provider = await startProvider();
    const query = { realmId: pull.realmId, constructor: 'x' };
    await readMerchant(provider.partner, { params: { ...pullInit.params, query } });
    expect(provider.arrivals.at(-1)?.query).toMatchObject(query);
  });

  test('parseAs decides what data is', async () => {
    await using provider = await startProvider();
    const { data } = await readMerchant(provider.partner, { parseAs: 'text' });
    expect(data).toBe(JSON.stringify(success('pullMerchant').body));
  });

  test('a path-based client works, too', async () => {
    await using provider = await startProvider();
    const byPath = wrapAsPathBasedClient(createOpenApiClient(provider.partner));
    const { data } = await byPath['/api/distributors/pullMerchant/{merchantId}'].GET(pullInit);
    expect(data).toEqual(success('pullMerchant').body);
  });

  test('a guard accepts a boolean parameter, and refuses a body against the contract before it is sent', async () => {
    await using provider = await startProvider();
    const partner = guarded(provider);
    const client = createOpenApiClient(partner);
    await client.GET('/api/distributors/pushMerchantSpec/{applicationId}', {
      params: { path: { applicationId: pull.realmId }, query: { flowId: merchant.flowId, sampleData: true } },
    });
    const created = client.POST('/api/distributors/createMerchant', {
      body: { ...merchant, mobile: 7 as never },
    });
    await expect(created).rejects.toBeInstanceOf(ContractError);
    expect(provider.count('createMerchant')).toBe(0);
  });
});

function guarded(provider: Provider): PartnerClient {
  return provider.client({ guard: contractGuard([createMerchant, getPushMerchantSpec]) });
}
