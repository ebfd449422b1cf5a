import { operations, type ServerName, servers } from '@partner-ecosystem/openapi/operations';
import { describe, expect, it } from 'vitest';
import { createPartnerClient, type PartnerClientOptions } from '../src/index.ts';
import { exampleInput } from './support/contract-example.ts';
import { pull } from './support/example-input.ts';
import { administratorToken, credentials, startProvider } from './support/provider.ts';

/** Makes a client that notes where its requests go, and answers each with a token. */
function noting(options: object): { client: ReturnType<typeof createPartnerClient>; urls: string[] } {
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

describe('the server', () => {
  it.each(Object.values(operations))(
    'of $operationId is the contract’s in preproduction',
    async (operation) => {
      const { client, urls } = noting({ environment: 'preproduction' });
      await (client[operation.operationId] as (input: object) => Promise<unknown>)(exampleInput(operation));
      expect(new URL(urls.at(-1) ?? '').origin).toBe(servers[operation.server]);
    },
  );

  it('is your own where you give one, with or without a path and a closing slash', async () => {
    const { client, urls } = noting({
      environment: 'preproduction',
      goUrl: 'https://go.example.com/prefix/',
    });
    await client.pullMerchant(pull);
    const pulled = `https://go.example.com/prefix/api/distributors/pullMerchant/${pull.merchantId}?realmId=${pull.realmId}`;
    expect(urls).toEqual(['https://go.example.com/prefix/api/distributors/login', pulled]);
  });

  it.each(Object.keys(servers) as ServerName[])('%s has to be given where no environment is', (server) => {
    const own = {
      goUrl: 'https://a.example',
      backopsUrl: 'https://b.example',
      persistUrl: 'https://c.example',
    };
    const name = `${server}Url` as const;
    expect(() => noting({ ...own, [name]: undefined })).toThrow(`${name} is missing`);
  });

  it.each([
    '',
    'go.example.com',
    'ftp://go.example.com',
    'https://user:secret@go.example.com',
    'https://go.example.com?secret',
  ])('is refused where it is %j, which is not quoted', (goUrl) => {
    const attempt = () => noting({ environment: 'preproduction', goUrl });
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(/^goUrl must be an http or https URL without credentials, query or fragment\.$/);
  });
});

describe('a token', () => {
  it('that is missing is asked for by the name of its option', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ credentials: undefined, administratorToken: undefined });
    await expect(partner.pullMerchant(pull)).rejects.toThrow(/option credentials/);
    await expect(partner.createPartner(credentials)).rejects.toThrow(/option administratorToken/);
    expect(provider.arrivals).toEqual([]);
  });

  it('of the administrator may come from a function, which is asked for each request', async () => {
    await using provider = await startProvider();
    const tokens = ['first', 'second'];
    const partner = provider.client({ administratorToken: async () => tokens.shift() ?? 'none is left' });
    await partner.createPartner(credentials);
    await partner.createPartner(credentials);
    expect(provider.arrivals.map(({ headers }) => headers.authorization)).toEqual(['first', 'second']);
  });
});

describe('the default fetch', () => {
  it('is looked up at each request, so that it can be replaced later', async () => {
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
