import { describe, expect, test, vi } from 'vitest';
import { createOpenApiClient } from '../../src/create-open-api-client.ts';
import type { ClientEvent, PartnerClientOptions } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

const created = {
  merchantId: (success('createMerchant').body as { id: string }).id,
  realmId: merchant.realmId,
};

describe('onMerchantCreated', () => {
  test('is called with each merchant that is created, before the call resolves', async () => {
    await using provider = await startProvider();
    const stored: unknown[] = [];
    const partner = provider.client({
      onMerchantCreated: async (merchant) => {
        await new Promise(setImmediate);
        stored.push(merchant);
      },
    });
    await partner.createMerchant(merchant);
    expect(stored).toEqual([created]);
    await partner.raw.createMerchant(merchant);
    await createOpenApiClient(partner).POST('/api/distributors/createMerchant', { body: merchant });
    expect(stored).toEqual([created, created, created]);
  });

  test('is called with a merchant that findMerchant found', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ status: 502 }) });
    const onMerchantCreated = vi.fn();
    const findMerchant = async () => ({ id: 'found', status: 'new' });
    await provider.client({ findMerchant, onMerchantCreated }).createMerchant(merchant);
    expect(onMerchantCreated.mock.calls).toEqual([[{ merchantId: 'found', realmId: merchant.realmId }]]);
  });

  test('has the realm of the request that was sent, even if the input is changed later', async () => {
    await using provider = await startProvider();
    const onMerchantCreated = vi.fn();
    const input = { ...merchant };
    const call = provider.client({ onMerchantCreated }).createMerchant(input);
    input.realmId = 'another';
    await call;
    expect(onMerchantCreated).toHaveBeenCalledExactlyOnceWith(created);
  });

  test.each([{ status: 422 }, { status: 502 }, { body: { blocked: true } }])(
    'is not called after %j, because no merchant is known',
    async (response) => {
      await using provider = await startProvider({ createMerchant: () => response });
      const onMerchantCreated = vi.fn();
      await expect(provider.client({ onMerchantCreated }).createMerchant(merchant)).rejects.toThrow();
      expect(onMerchantCreated).not.toHaveBeenCalled();
    },
  );

  test('is not called for other operations', async () => {
    await using provider = await startProvider();
    const onMerchantCreated = vi.fn();
    await provider.client({ onMerchantCreated }).pullMerchant(pull);
    expect(onMerchantCreated).not.toHaveBeenCalled();
  });

  test.each<[string, NonNullable<PartnerClientOptions['onMerchantCreated']>, string]>([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
      'Error',
    ],
    ['rejects', () => Promise.reject(new Error('secret')), 'Error'],
    ['hangs', () => new Promise(() => {}), 'TimeoutError'],
  ])('a call succeeds if the function %s, and an event reports this', async (_, onMerchantCreated, error) => {
    await using provider = await startProvider();
    const events: ClientEvent[] = [];
    const partner = provider.client({ onMerchantCreated, onEvent: (event) => events.push(event) });
    await partner.pullMerchant(pull);
    const result = await partner.createMerchant(merchant, { timeoutMs: 1000 });
    expect(result).toEqual(success('createMerchant').body);
    expect(events.at(-1)).toMatchObject({ operationId: 'createMerchant', type: 'unreported', error });
    expect(JSON.stringify(events)).not.toContain('secret');
    expect(provider.count('createMerchant')).toBe(1);
  });

  test('the signal ends a call that waits for the function, and the call succeeds', async () => {
    const controller = new AbortController();
    await using provider = await startProvider();
    const onMerchantCreated = () => {
      controller.abort();
      return new Promise(() => {});
    };
    const call = provider
      .client({ onMerchantCreated })
      .createMerchant(merchant, { signal: controller.signal });
    await expect(call).resolves.toEqual(success('createMerchant').body);
  });
});
