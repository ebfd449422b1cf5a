import { operations, type ServerName, servers } from '@partner-ecosystem/openapi/operations';
import { describe, expect, test, vi } from 'vitest';
import {
  type CallOptions,
  type ClientEvent,
  createPartnerClient,
  type PartnerClientOptions,
} from '../src/index.ts';
import { exampleInput } from './support/contract-example.ts';
import { merchant, pull } from './support/example-input.ts';
import { administratorToken, credentials, startProvider } from './support/provider.ts';

/** Creates a client that records its URLs, and gets a token for each request. */
function createRecordingClient(options: object): {
  client: ReturnType<typeof createPartnerClient>;
  urls: string[];
} {
  const urls: string[] = [];
  const fetch = async ({ url }: Request) => {
    urls.push(url);
    return Response.json({ id: 'token', result: {}, file: {} });
  };
  const client = createPartnerClient({
    credentials,
    administratorToken,
    fetch,
    ...options,
  } as PartnerClientOptions);
  return { client, urls };
}

describe('servers', () => {
  test.each(Object.values(operations))(
    '$operationId goes to the server of the contract in preproduction',
    async (operation) => {
      const { client, urls } = createRecordingClient({ environment: 'preproduction' });
      await (client[operation.operationId] as (input: object) => Promise<unknown>)(exampleInput(operation));
      expect(new URL(urls.at(-1) ?? '').origin).toBe(servers[operation.server]);
    },
  );

  test('a custom URL may have a path and a slash at the end', async () => {
    const { client, urls } = createRecordingClient({
      environment: 'preproduction',
      goUrl: 'https://go.example.com/prefix/',
    });
    await client.pullMerchant(pull);
    const pulled = `https://go.example.com/prefix/api/distributors/pullMerchant/${pull.merchantId}?version=1.1.0&realmId=${pull.realmId}`;
    expect(urls).toEqual(['https://go.example.com/prefix/api/distributors/login', pulled]);
  });

  test.each(['https://go.example.com ', '\thttps://GO.example.com/\n', new URL('https://go.example.com')])(
    'the URL %j is read as a browser reads it, so that each request can be sent',
    async (goUrl) => {
      const { client, urls } = createRecordingClient({ environment: 'preproduction', goUrl });
      await client.pullMerchant(pull);
      expect(urls[0]).toBe('https://go.example.com/api/distributors/login');
      expect(new URL(urls[1] ?? '').origin).toBe('https://go.example.com');
    },
  );

  test.each(Object.keys(servers) as ServerName[])(
    'the URL of %s is required without an environment',
    (server) => {
      const own = {
        goUrl: 'https://a.example',
        backopsUrl: 'https://b.example',
        persistUrl: 'https://c.example',
      };
      const name = `${server}Url` as const;
      expect(() => createRecordingClient({ ...own, [name]: undefined })).toThrow(
        new RegExp(`^${name} must be an http\\(s\\) URL`),
      );
    },
  );

  test.each([
    '',
    'go.example.com',
    'ftp://go.example.com',
    'https://user:secret@go.example.com',
    'https://go.example.com?secret',
  ])('the URL %j is rejected without quoting it', (goUrl) => {
    const attempt = () => createRecordingClient({ environment: 'preproduction', goUrl });
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(/^goUrl must be an http\(s\) URL without credentials, query or fragment\.$/);
  });
});

describe('tokens', () => {
  test('an error names the missing option of a token', async () => {
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

describe('retries of a call', () => {
  const busy = { pullMerchant: () => ({ status: 503 }) };

  test.each<[CallOptions['retry'], number]>([
    [undefined, 2],
    [false, 1],
    [{ maxAttempts: 1 }, 1],
    [{ maxAttempts: 3 }, 3],
    [{ budgetMs: 0 }, 1],
    [{ maxAttempts: undefined }, 2],
  ])('a call with retry %j makes %i attempts, where the client allows 2', async (retry, attempts) => {
    await using provider = await startProvider(busy);
    const partner = provider.client({ retry: { maxAttempts: 2 } });
    await expect(partner.pullMerchant(pull, { retry })).rejects.toMatchObject({ attempts });
    expect(provider.count('pullMerchant')).toBe(attempts);
  });

  test('a call can retry although the client does not', async () => {
    await using provider = await startProvider(busy);
    const partner = provider.client({ retry: false });
    await expect(partner.pullMerchant(pull, { retry: { maxAttempts: 2 } })).rejects.toMatchObject({
      attempts: 2,
    });
  });

  test('with maxRetryAfterMs 0 the client waits for no Retry-After', async () => {
    await using provider = await startProvider({
      pullMerchant: () => ({ status: 429, headers: { 'Retry-After': '1' } }),
    });
    const partner = provider.client({ retry: { maxRetryAfterMs: 0 } });
    await expect(partner.pullMerchant(pull)).rejects.toMatchObject({ attempts: 1, retryAfterMs: 1000 });
  });

  test.each<object>([
    { maxAttempts: 0 },
    { maxAttempts: -1 },
    { budgetMs: -1 },
    { maxRetryAfterMs: Number.NaN },
    // As a text, it would be joined to the time, and end the questions of findMerchant after milliseconds.
    { maxProcessingMs: '60000' },
    { budgetMs: '60000' },
    { maxAttempts: true },
  ])('the limits %j are rejected, for the client and for a call', async (retry) => {
    await using provider = await startProvider();
    expect(() => provider.client({ retry })).toThrow(RangeError);
    await expect(provider.partner.pullMerchant(pull, { retry })).rejects.toThrow(RangeError);
    expect(provider.arrivals).toEqual([]);
  });
});

describe('mistakes', () => {
  test.each(['production', 'staging', 'PREPRODUCTION', {}])(
    'the environment %j is rejected, and the error names the one that exists',
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
    'the retry %j is rejected by its name, for the client and for a call',
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
    'the options %j are rejected, and name what is missing',
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

  test('a server on a port that fetch refuses fails once, and says so', async () => {
    const url = 'http://127.0.0.1:6000';
    const events: ClientEvent[] = [];
    const partner = createPartnerClient({
      goUrl: url,
      backopsUrl: url,
      persistUrl: url,
      credentials,
      onEvent: (event) => events.push(event),
    });
    for (const failure of [partner.pullMerchant(pull), partner.createMerchant(merchant)])
      await expect(failure).rejects.toMatchObject({
        name: 'ConnectionError',
        message: 'loginPartner got no complete response (bad port).',
        attempts: 1,
        neverSent: true,
      });
    expect(events.filter(({ type }) => type === 'retry')).toEqual([]);
  });

  test('a write without a login to a port that fetch refuses was certainly not sent', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ fetch: undefined, persistUrl: 'http://127.0.0.1:6000' });
    const file = { base64String: 'aaaa', mimetype: 'image/png', ttl: '3 month' } as const;
    await expect(partner.uploadBase64(file)).rejects.toMatchObject({
      name: 'ConnectionError',
      code: 'bad port',
      attempts: 1,
    });
  });

  test('the message of an error is never the code, even if the message looks like a code', async () => {
    const fetch = () => Promise.reject(new Error('EXAMPLE_PERSON'));
    const { client } = createRecordingClient({ environment: 'preproduction', fetch, retry: false });
    const failure = client.pullMerchant(pull);
    await expect(failure).rejects.toMatchObject({ name: 'ConnectionError', code: undefined });
    await expect(failure).rejects.not.toThrow(/PERSON/);
  });

  test('a fetch of one’s own that reaches a refused port after the request proves nothing', async () => {
    await using provider = await startProvider();
    const partner = provider.client({
      fetch: async (request: Request) => {
        const response = await fetch(request);
        if (request.url.endsWith('createMerchant')) await fetch('http://127.0.0.1:6000');
        return response;
      },
    });
    await expect(partner.createMerchant(merchant)).rejects.toMatchObject({ name: 'OutcomeUnknownError' });
    expect(provider.count('createMerchant')).toBe(1);
  });
});
