import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { responseOf } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

describe('responseOf', () => {
  test('responseOf gives the status, the request id and the headers of a success', async () => {
    const headers = { 'X-Request-Id': 'req-7', 'X-Seen': 'yes' };
    await using provider = await startProvider({
      createMerchant: () => ({ ...success('createMerchant'), status: 201, headers }),
    });
    const merchants = await Promise.all([
      provider.partner.createMerchant(merchant),
      provider.partner.createMerchant(merchant),
    ]);
    for (const created of merchants) {
      expect(responseOf(created)).toMatchObject({ status: 201, requestId: 'req-7' });
      expect(responseOf(created)?.headers.get('X-Seen')).toBe('yes');
      expect(Object.keys(created)).toEqual(Object.keys(success('createMerchant').body as object));
    }
  });

  test('the response of a result is in no copy, no comparison and no text of the result', async () => {
    await using provider = await startProvider({ createMerchant: () => success('createMerchant') });
    const created = await provider.partner.createMerchant(merchant);
    expect(responseOf(created)).toBeDefined();
    expect([responseOf({ ...created }), responseOf(structuredClone(created))]).toEqual([
      undefined,
      undefined,
    ]);
    expect(created).toStrictEqual(success('createMerchant').body);
    expect(inspect(created)).toBe(inspect(success('createMerchant').body));
  });

  test('responseOf gives nothing for a value that is not the result of a call', async () => {
    const existing = { id: '6553f1000000000000000004', status: 'new' };
    await using provider = await startProvider({ createMerchant: () => ({ hangUp: 'before headers' }) });
    const found = await provider.client({ findMerchant: async () => existing }).createMerchant(merchant);
    expect([responseOf(found), responseOf({})]).toEqual([undefined, undefined]);
  });
});
