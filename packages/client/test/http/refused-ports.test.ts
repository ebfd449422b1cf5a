import { describe, expect, test } from 'vitest';
import { type ClientEvent, createPartnerClient } from '../../src/index.ts';
import { merchant, pull } from '../support/example-input.ts';
import { credentials, startProvider } from '../support/provider.ts';

describe('mistakes', () => {
  test('a call to a port that fetch refuses fails once, and the error names the port as the cause', async () => {
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

  test('an error of a custom fetch about a refused port after the request proves nothing', async () => {
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
