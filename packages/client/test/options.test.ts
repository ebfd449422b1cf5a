import { describe, expect, test, vi } from 'vitest';
import { createPartnerClient } from '../src/index.ts';
import { merchant, pull } from './support/example-input.ts';
import { credentials, startProvider } from './support/provider.ts';
import { createRecordingClient } from './support/recording-client.ts';

describe('tokens', () => {
  test('a call without a token fails, and the error names the missing option', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ credentials: undefined, administratorToken: undefined });
    await expect(partner.pullMerchant(pull)).rejects.toThrow(/option credentials/);
    await expect(partner.createPartner(credentials)).rejects.toThrow(/option administratorToken/);
    expect(provider.arrivals).toEqual([]);
  });

  test.each(['Bearer x', 'two words', 'a\nb', 'é'])(
    'the administratorToken %j is rejected at creation, without quoting it',
    async (token) => {
      const create = () => createRecordingClient({ environment: 'preproduction', administratorToken: token });
      expect(create).toThrow(TypeError);
      expect(create).toThrow(/^administratorToken must be the raw token, without Bearer/);
      expect(create).not.toThrow(token);
    },
  );

  test('a function for administratorToken that hangs ends with the time limit of the call', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ administratorToken: () => new Promise(() => {}), retry: false });
    const failure = partner.createPartner(credentials, { timeoutMs: 50 });
    await expect(failure).rejects.toMatchObject({
      name: 'TimeoutError',
      operationId: 'createPartner',
      timeoutMs: 50,
    });
    expect(provider.arrivals).toEqual([]);
  });

  test('a function for administratorToken is called for each request', async () => {
    await using provider = await startProvider();
    const tokens = ['first', 'second'];
    const partner = provider.client({ administratorToken: async () => tokens.shift() ?? 'no token is left' });
    await partner.createPartner(credentials);
    await partner.createPartner(credentials);
    expect(provider.arrivals.map(({ headers }) => headers.authorization)).toEqual(['first', 'second']);
  });
});

describe('the default fetch', () => {
  test('the global fetch is looked up for each request', async () => {
    const client = createPartnerClient({ environment: 'preproduction', credentials });
    const original = globalThis.fetch;
    try {
      globalThis.fetch = async () => Response.json({ id: 'token', result: {}, replaced: true });
      expect(await client.pullMerchant(pull)).toMatchObject({ replaced: true });
    } finally {
      globalThis.fetch = original;
    }
  });
});

describe('headers', () => {
  test('headers of the client are sent with every request, and headers of a call replace them', async () => {
    await using provider = await startProvider();
    const headers = { 'User-Agent': 'acme-onboarding/2.1', 'X-Team': 'lending', Authorization: 'other' };
    const partner = provider.client({ headers });
    await partner.pullMerchant(pull, { headers: { 'x-team': 'payments' } });
    expect(provider.arrivals.map(({ headers: sent }) => [sent['user-agent'], sent['x-team']])).toEqual([
      ['acme-onboarding/2.1', 'lending'],
      ['acme-onboarding/2.1', 'payments'],
    ]);
    expect(provider.arrivals[0]?.headers.authorization).toBeUndefined();
  });

  test.each([
    'Accept-Charset',
    'Accept-Encoding',
    'Access-Control-Request-Headers',
    'Access-Control-Request-Method',
    'Connection',
    'Content-Length',
    'Cookie',
    'Cookie2',
    'Date',
    'DNT',
    'Expect',
    'Host',
    'Keep-Alive',
    'Origin',
    'Proxy-Authorization',
    'Referer',
    'Sec-Fetch-Mode',
    'Set-Cookie',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Via',
    'not a header',
    'X-Line-End',
  ])('the header %s is rejected before anything is sent, without its value', async (name) => {
    await using provider = await startProvider();
    const headers = { [name]: name === 'X-Line-End' ? 'sec\nret' : 'secret' };
    const failure = provider.partner.createMerchant(merchant, { headers });
    await expect(failure).rejects.toThrow(TypeError);
    await expect(failure).rejects.toThrow(/^headers has a header that cannot be sent/);
    expect(() => provider.client({ headers })).toThrow(TypeError);
    expect(provider.arrivals).toEqual([]);
  });

  test('a name that only begins like a reserved header is accepted', async () => {
    await using provider = await startProvider();
    const headers = { 'Host-Id': '1', 'Expect-Id': '2', 'X-Via': '3', Dated: '4' };
    await expect(provider.partner.pullMerchant(pull, { headers })).resolves.toBeDefined();
  });
});

describe('mistakes', () => {
  test.each(['production', 'staging', 'PREPRODUCTION', {}])(
    'the environment %j is rejected, and the error names the valid environment',
    (environment) => {
      const urls = {
        goUrl: 'https://a.example',
        backopsUrl: 'https://b.example',
        persistUrl: 'https://c.example',
      };
      for (const given of [{ environment }, { environment, ...urls }]) {
        expect(() => createRecordingClient(given)).toThrow(TypeError);
        expect(() => createRecordingClient(given)).toThrow(
          /^environment must be preproduction, or missing\.$/,
        );
      }
    },
  );

  test.each<[object, string]>([
    [{ fetch: 'https://proxy.example' }, 'fetch'],
    [{ findMerchant: {} }, 'findMerchant'],
    [{ onEvent: 'log' }, 'onEvent'],
    [{ onMerchantCreated: [] }, 'onMerchantCreated'],
    [{ guard: {} }, 'guard.request'],
    [{ guard: { request() {} } }, 'guard.response'],
    [{ guard: () => {} }, 'guard.request'],
    [{ tokenStore: {} }, 'tokenStore.renew'],
    [{ tokenStore: { renew: 'token' } }, 'tokenStore.renew'],
  ])('the options %j are rejected at creation, because %s must be a function', (options, name) => {
    const create = () => createRecordingClient({ environment: 'preproduction', ...options });
    expect(create).toThrow(TypeError);
    expect(create).toThrow(new RegExp(`^${name} must be a function\\.$`));
  });

  test.each(['false', 'x', 0, 1, true, '', () => {}])(
    'the value %j of retry is rejected, for the client and for a call, and the error names retry',
    async (retry) => {
      await using provider = await startProvider();
      const message = /^retry must be an object, or false\.$/;
      expect(() => provider.client({ retry: retry as never })).toThrow(TypeError);
      expect(() => provider.client({ retry: retry as never })).toThrow(message);
      await expect(provider.partner.pullMerchant(pull, { retry: retry as never })).rejects.toThrow(message);
      expect(provider.arrivals).toEqual([]);
    },
  );

  test.each([undefined, null, 'preproduction'])(
    'the options %j are rejected, and the error names the missing option',
    (options) => {
      const create = () => createPartnerClient(options as never);
      expect(create).toThrow(TypeError);
      expect(create).toThrow(/^backopsUrl must be an http\(s\) URL/);
    },
  );

  test('a retry of null counts as missing, for the client and for a call', async () => {
    const retry = null as never;
    await using provider = await startProvider({ pullMerchant: () => ({ status: 503 }) });
    await expect(provider.client({ retry }).pullMerchant(pull)).rejects.toMatchObject({ attempts: 3 });
    const partner = provider.client({ retry: { maxAttempts: 2 } });
    await expect(partner.pullMerchant(pull, { retry })).rejects.toMatchObject({ attempts: 2 });
  });

  test('the options null of a call count as no options', async () => {
    await using provider = await startProvider();
    await expect(provider.partner.pullMerchant(pull, null as never)).resolves.toBeDefined();
  });

  test('a signal of another type fails the call, and leaves no timer that keeps the process alive', async () => {
    const { client, urls } = createRecordingClient({ environment: 'preproduction' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await expect(client.pullMerchant(pull, { signal: {} as never })).rejects.toThrow(TypeError);
      expect([vi.getTimerCount(), urls]).toEqual([0, []]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('the message of an error is never the code, even if the message looks like a code', async () => {
    const fetch = () => Promise.reject(new Error('EXAMPLE_PERSON'));
    const { client } = createRecordingClient({ environment: 'preproduction', fetch, retry: false });
    const failure = client.pullMerchant(pull);
    await expect(failure).rejects.toMatchObject({ name: 'ConnectionError', code: undefined });
    await expect(failure).rejects.not.toThrow(/PERSON/);
  });
});
