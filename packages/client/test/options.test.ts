import { operations, type ServerName, servers } from '@partner-ecosystem/openapi/operations';
import { describe, expect, test } from 'vitest';
import { createPartnerClient, type PartnerClientOptions } from '../src/index.ts';
import { exampleInput } from './support/contract-example.ts';
import { pull } from './support/example-input.ts';
import { administratorToken, credentials, startProvider } from './support/provider.ts';

/** Creates a client that records its URLs, and gets a token for each request. */
function createRecordingClient(options: object): {
  client: ReturnType<typeof createPartnerClient>;
  urls: string[];
} {
  const urls: string[] = [];
  const fetch = async ({ url }: Request) => {
    urls.push(url);
    return Response.json({ id: 'token' });
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
    const pulled = `https://go.example.com/prefix/api/distributors/pullMerchant/${pull.merchantId}?realmId=${pull.realmId}`;
    expect(urls).toEqual(['https://go.example.com/prefix/api/distributors/login', pulled]);
  });

  test.each(Object.keys(servers) as ServerName[])(
    'the URL of %s is required without an environment',
    (server) => {
      const own = {
        goUrl: 'https://a.example',
        backopsUrl: 'https://b.example',
        persistUrl: 'https://c.example',
      };
      const name = `${server}Url` as const;
      expect(() => createRecordingClient({ ...own, [name]: undefined })).toThrow(`${name} is missing`);
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
    expect(attempt).toThrow(/^goUrl must be an http or https URL without credentials, query or fragment\.$/);
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
      globalThis.fetch = async () => Response.json({ id: 'token', replaced: true });
      expect(await client.pullMerchant(pull)).toMatchObject({ replaced: true });
    } finally {
      globalThis.fetch = original;
    }
  });
});
