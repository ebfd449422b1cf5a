import { describe, expect, test } from 'vitest';
import { createOpenApiClient } from '../../src/create-open-api-client.ts';
import {
  AbortedError,
  ConnectionError,
  LoginError,
  OutcomeUnknownError,
  type PartnerClient,
} from '../../src/index.ts';
import { merchant, pull } from '../support/example-input.ts';
import { closedUrl, startProvider } from '../support/provider.ts';
import { never } from '../support/scripted-provider.ts';

const template = '/api/distributors/pullMerchant/{merchantId}';
const pullInit = {
  params: { path: { merchantId: pull.merchantId }, query: { realmId: pull.realmId } },
} as const;

const read = (partner: PartnerClient, init: object = {}) =>
  createOpenApiClient(partner).GET(template, { ...pullInit, ...init });
const create = (partner: PartnerClient) =>
  createOpenApiClient(partner).POST('/api/distributors/createMerchant', { body: merchant });

test.each([null, undefined])('the options %j cause an error that names a missing option', (options) => {
  const create = () => createOpenApiClient(options as never);
  expect(create).toThrow(/^backopsUrl must be an http\(s\) URL/);
});

describe('a response that is not 2xx', () => {
  const error = { error: { statusCode: 404, code: 'MODEL_NOT_FOUND' } };

  test.each([
    ['JSON', 404, error, error],
    ['HTML', 404, '<html>not here</html>', '<html>not here</html>'],
    ['nothing', 404, '', {}],
    ['null', 400, 'null', {}],
    ['false', 400, 'false', {}],
    ['a limit', 429, error, error],
  ])('%s resolves to { error, response }', async (_, status, body, expected) => {
    await using provider = await startProvider({
      createMerchant: () => ({
        status,
        body,
        headers: { 'X-Request-Id': 'example-1', Location: '/elsewhere' },
      }),
    });
    const outcome = await create(provider.client({ retry: false }));
    expect(outcome).toMatchObject({ error: expected, response: { status } });
    expect(outcome.response.headers.get('X-Request-Id')).toBe('example-1');
    expect(provider.count('createMerchant')).toBe(1);
  });

  test('a redirect of a read resolves to { error, response }, and a redirect of a write rejects', async () => {
    const redirect = () => ({ status: 307, body: error, headers: { Location: '/elsewhere' } });
    await using provider = await startProvider({ pullMerchant: redirect, createMerchant: redirect });
    expect(await read(provider.partner)).toMatchObject({ error, response: { status: 307 } });
    await expect(create(provider.partner)).rejects.toMatchObject({ name: 'OutcomeUnknownError' });
  });

  test('a read that fails with 502 resolves to { error, response } after its retries', async () => {
    await using provider = await startProvider({ pullMerchant: () => ({ status: 502, body: '<html>' }) });
    const { error, response } = await read(provider.client({ retry: { maxAttempts: 2 } }));
    expect([error, response.status, provider.count('pullMerchant')]).toEqual(['<html>', 502, 2]);
  });

  test('a status that Response does not accept makes the call reject with the error of the status', async () => {
    await using provider = await startProvider({ pullMerchant: () => ({ status: 304 }) });
    await expect(read(provider.partner)).rejects.toMatchObject({
      name: 'UnreadableResponseError',
      status: 304,
    });
  });
});

describe('a form', () => {
  test.each([null, {}, ['1 month'], Buffer.from('1 month')])(
    'a field that is neither text nor a Blob is refused: %j',
    async (ttl) => {
      await using provider = await startProvider();
      // A program without types can give any value.
      const body = { file: new Blob(['x']), ttl: ttl as never };
      const upload = createOpenApiClient(provider.partner).POST('/api/files/upload', { body });
      await expect(upload).rejects.toThrow(/^The form needs a valid ttl\.$/);
      expect(provider.arrivals).toEqual([]);
    },
  );
});

describe('no response of the operation', () => {
  test.each([
    ['HTML', { body: '<html>blocked</html>' }],
    ['nothing', { status: 204 }],
  ])('a 2xx with %s rejects with the error of the method', async (_, response) => {
    await using provider = await startProvider({ pullMerchant: () => response });
    const partner = provider.client({ retry: false });
    const thrown = await partner.pullMerchant(pull).catch(({ name }: Error) => name);
    await expect(read(partner)).rejects.toMatchObject({ name: thrown });
  });

  test.each([
    ['a lost response', { hangUp: 'before headers' }],
    ['a 502', { status: 502, body: {} }],
  ] as const)('%s to a write rejects with an OutcomeUnknownError', async (_, response) => {
    await using provider = await startProvider({ createMerchant: () => response });
    const outcome = create(provider.partner);
    await expect(outcome).rejects.toBeInstanceOf(OutcomeUnknownError);
    await outcome.catch((error) => expect(error.signzyAppId()).toBe(merchant.signzyAppId));
    expect(provider.count('createMerchant')).toBe(1);
  });

  test('a refused connection rejects with a ConnectionError', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ goUrl: closedUrl, retry: false });
    await expect(read(partner)).rejects.toBeInstanceOf(ConnectionError);
  });

  test('rejected credentials reject with a LoginError', async () => {
    await using provider = await startProvider({ loginPartner: () => ({ status: 401, body: {} }) });
    await expect(read(provider.partner)).rejects.toBeInstanceOf(LoginError);
  });

  test('a login that gets 503 rejects, and is not the response of the operation', async () => {
    await using provider = await startProvider({ loginPartner: () => ({ status: 503, body: {} }) });
    const outcome = read(provider.client({ retry: false }));
    await expect(outcome).rejects.toMatchObject({ name: 'ServerError', operationId: 'loginPartner' });
  });

  test('a signal ends a call, before and during its request', async () => {
    await using provider = await startProvider({ pullMerchant: never });
    await expect(read(provider.partner, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      AbortedError,
    );
    const controller = new AbortController();
    const partner = provider.client({ onEvent: ({ type, operationId }) => abortAt(type, operationId) });
    const abortAt = (type: string, operationId: string) => {
      if (type === 'attempt' && operationId === 'pullMerchant') controller.abort();
    };
    await expect(read(partner, { signal: controller.signal })).rejects.toBeInstanceOf(AbortedError);
  });
});

describe('a request that would not be the intended operation is not sent', () => {
  const query = { realmId: pull.realmId };

  test.each([
    ['..', { params: { path: { merchantId: '..' }, query } }],
    ['.', { params: { path: { merchantId: '.' }, query } }],
    ['an empty id', { params: { path: { merchantId: '' }, query } }],
    ['a missing id', { params: { path: {}, query } }],
    ['no path parameters', { params: { query } }],
    ['null', { params: { path: { merchantId: null }, query } }],
    ['half a surrogate pair', { params: { path: { merchantId: '\ud800' }, query } }],
    ['an object', { params: { path: { merchantId: { id: '1' } }, query } }],
  ])('with the id %s, the call rejects and names the parameter', async (_, init) => {
    await using provider = await startProvider();
    const outcome = read(provider.partner, init);
    await expect(outcome).rejects.toBeInstanceOf(TypeError);
    await expect(outcome).rejects.toThrow(/merchantId/);
    expect(provider.arrivals).toEqual([]);
  });

  test.each([
    [
      'an id that is not encoded',
      { pathSerializer: () => 'https://contract.invalid/api/distributors/pullMerchant/../login' },
    ],
    [
      'a malformed escape',
      { pathSerializer: () => 'https://contract.invalid/api/distributors/pullMerchant/%E0%A4' },
    ],
    ['another server', { baseUrl: 'https://elsewhere.example.com' }],
  ])('%s is refused', async (_, init) => {
    await using provider = await startProvider();
    await expect(read(provider.partner, init)).rejects.toBeInstanceOf(TypeError);
    expect(provider.arrivals).toEqual([]);
  });

  test('an id with slashes stays an id', async () => {
    await using provider = await startProvider();
    await read(provider.partner, { params: { path: { merchantId: '../login?x=#' }, query } });
    expect(provider.arrivals.at(-1)?.path).toBe('/api/distributors/pullMerchant/..%2Flogin%3Fx%3D%23');
  });

  test('a file that is not a Blob is refused', async () => {
    await using provider = await startProvider();
    const body = { file: 'text' } as unknown as { file: Blob };
    const outcome = createOpenApiClient(provider.partner).POST('/api/files/upload', { body });
    await expect(outcome).rejects.toThrow('uploadFile needs a body of the type multipart/form-data.');
  });

  test('a method that the contract does not have is refused, without its ids in the message', async () => {
    await using provider = await startProvider();
    const client = createOpenApiClient(provider.partner) as unknown as {
      DELETE(path: string, init: object): Promise<unknown>;
    };
    const outcome = client.DELETE(template, pullInit);
    await expect(outcome).rejects.toBeInstanceOf(TypeError);
    await expect(outcome).rejects.not.toThrow(pull.merchantId);
    expect(provider.arrivals).toEqual([]);
  });
});
