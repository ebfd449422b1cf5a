import { operations, type ServerName, servers } from '@partner-ecosystem/openapi/operations';
import { describe, expect, test } from 'vitest';
import { exampleInput } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { createRecordingClient } from '../support/recording-client.ts';

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
