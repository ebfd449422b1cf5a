import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ApiError } from '../../src/index.ts';
import { merchant, pull } from '../support/example-input.ts';
import {
  administratorToken,
  closedUrl,
  countedTokens,
  credentials,
  password,
  startProvider,
} from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';
import { sinks } from './sinks.ts';

const token = 'token-1';
const header = 'a-secret-header';

/** Credentials, tokens, the merchant, and content of the URL and the headers. No sink may show them. */
const secrets = [
  password,
  token,
  'token-2',
  administratorToken,
  header,
  merchant.name,
  merchant.email,
  merchant.mobile,
  `${merchant.signzyAppId}`,
  pull.merchantId,
  pull.realmId,
];

function leaksOf(value: unknown): string[] {
  return Object.entries(sinks).flatMap(([sink, print]) => {
    const printed = print(value);
    return secrets.filter((secret) => printed.includes(secret)).map((secret) => `${secret} in ${sink}`);
  });
}

/** Quotes the request everywhere in an error response. */
function quoteRequest(
  status: number,
  { body, headers }: { body: Buffer; headers: object },
): ScriptedResponse {
  const quoted = `${body} ${JSON.stringify(headers)} ${JSON.stringify(secrets)}`;
  const details = { context: quoted, codes: { name: [quoted, 'presence'] }, messages: { name: [quoted] } };
  return {
    status,
    body: { error: { statusCode: status, name: quoted, message: quoted, code: quoted, details } },
  };
}

const call = { headers: { 'X-Secret': header } };

describe('errors', () => {
  test.each([302, 400, 401, 403, 404, 413, 415, 422, 429, 500, 502])(
    'an error for status %i shows nothing that was sent',
    async (status) => {
      await using provider = await startProvider({
        loginPartner: countedTokens(),
        createMerchant: (arrival) => quoteRequest(status, arrival),
        pullMerchant: (arrival) => quoteRequest(status, arrival),
      });
      const partner = provider.client({ retry: false });
      const created = await partner.createMerchant(merchant, call).catch((error: unknown) => error);
      const pulled = await partner.pullMerchant(pull, call).catch((error: unknown) => error);
      expect(created).toBeInstanceOf(Error);
      expect(pulled).toBeInstanceOf(Error);
      expect([...leaksOf(created), ...leaksOf(pulled)]).toEqual([]);
      expect(inspect((pulled as ApiError).body())).toContain(merchant.name);
    },
  );

  test.each([400, 401, 403, 500])(
    'an error for a login that gets %i shows nothing that was sent',
    async (status) => {
      await using provider = await startProvider({
        loginPartner: (arrival) => quoteRequest(status, arrival),
      });
      const partner = provider.client({ retry: false });
      const error = await partner.createMerchant(merchant, call).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(Error);
      expect(leaksOf(error)).toEqual([]);
    },
  );

  test('an error for an unreadable success shows nothing of the response', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ body: secrets.join() }) });
    const error = await provider.partner.createMerchant(merchant, call).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Error);
    expect(leaksOf(error)).toEqual([]);
  });

  test('an error for a failed fetch shows no content of the failure', async () => {
    await using provider = await startProvider();
    const fetch = async (request: Request) => {
      const held = {
        config: { url: request.url, headers: [...request.headers], data: await request.text() },
      };
      throw Object.assign(new Error(secrets.join(), { cause: held }), held, { code: secrets.join() });
    };
    const error = await provider
      .client({ fetch, retry: false })
      .createMerchant(merchant, call)
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Error);
    expect(leaksOf(error)).toEqual([]);
  });

  test('an error for a refused connection, a timeout or an abort shows nothing that was sent', async () => {
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      pullMerchant: () => new Promise(() => {}),
    });
    const unreachable = provider.client({ persistUrl: closedUrl, retry: false });
    const signal = AbortSignal.abort(new Error(secrets.join()));
    const errors = await Promise.all([
      unreachable
        .uploadBase64({ base64String: secrets.join(), mimetype: 'image/png' })
        .catch((error: unknown) => error),
      provider
        .client({ retry: false })
        .pullMerchant(pull, { ...call, timeoutMs: 50 })
        .catch((error: unknown) => error),
      provider.partner.pullMerchant(pull, { ...call, signal }).catch((error: unknown) => error),
    ]);
    expect(errors.map((error) => (error as Error).name)).toEqual([
      'ConnectionError',
      'TimeoutError',
      'AbortedError',
    ]);
    expect(errors.flatMap(leaksOf)).toEqual([]);
  });

  test('an error for an invalid header does not quote the header', async () => {
    await using provider = await startProvider();
    const headers = { 'X-Secret': `${header}\n\0` };
    const error = await provider.partner.pullMerchant(pull, { headers }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(leaksOf(error)).toEqual([]);
  });

  test('an error for an invalid token does not quote the token', async () => {
    await using provider = await startProvider();
    const invalid = `Bearer ${administratorToken}`;
    const partner = provider.client({ administratorToken: () => invalid });
    const error = await partner.createPartner(credentials).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(leaksOf(error)).toEqual([]);
  });

  test('an error shows nothing of a body whose property names are values', async () => {
    const codes = Object.fromEntries(secrets.map((secret) => [secret, [secret, 'presence']]));
    const code = secrets.join('_').toUpperCase();
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      createMerchant: ({ headers }) => ({
        status: 422,
        headers: { 'X-Request-Id': String(headers.authorization) },
        body: { error: { code, details: { codes } } },
      }),
    });
    const error = await provider.partner.createMerchant(merchant, call).catch((error: unknown) => error);
    expect(error).toMatchObject({
      name: 'ValidationError',
      fields: { '*': ['*', 'presence'] },
      requestId: undefined,
    });
    expect(leaksOf(error)).toEqual([]);
  });
});

describe('the client', () => {
  test('the client shows no credentials and no tokens, before and after a login', async () => {
    await using provider = await startProvider({ loginPartner: countedTokens() });
    expect(leaksOf(provider.partner)).toEqual([]);
    await provider.partner.pullMerchant(pull);
    expect(leaksOf(provider.partner)).toEqual([]);
    expect(provider.arrivals.at(-1)?.headers.authorization).toBe(token);
  });

  test('the client sends no token in a URL', async () => {
    await using provider = await startProvider({ loginPartner: countedTokens() });
    await provider.partner.pullMerchant(pull);
    expect(JSON.stringify(provider.arrivals.map(({ path, query }) => [path, query]))).not.toContain(token);
  });
});
