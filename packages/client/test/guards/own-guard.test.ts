import { describe, expect, test } from 'vitest';
import type { Guard } from '../../src/guards.ts';
import {
  type CallInfo,
  ConnectionError,
  type OutcomeUnknownError,
  UnreadableResponseError,
  ValidationError,
} from '../../src/index.ts';
import { merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

describe('a custom guard', () => {
  const refusal = new Error('refused by the guard');
  const refuse = async (): Promise<never> => {
    throw refusal;
  };
  const hang = () => new Promise<never>(() => {});
  /** A guard that checks only creates and pulls. */
  const guardOf = (check: Partial<Guard>): Guard => {
    const only = (name: keyof Guard) => async (call: CallInfo, checked: never) => {
      if (call.operationId !== 'loginPartner') await check[name]?.(call, checked);
    };
    return { request: only('request'), response: only('response') };
  };

  test('a request that the guard refuses is not sent, and the error of the guard is thrown unchanged', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ guard: guardOf({ request: refuse }) });
    await expect(partner.createMerchant(merchant)).rejects.toBe(refusal);
    expect(provider.arrivals).toEqual([]);
  });

  test('a write whose success the guard refuses has an unknown outcome, which hides the error of the guard', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ guard: guardOf({ response: refuse }) });
    const failure = await partner.createMerchant(merchant).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'OutcomeUnknownError', reason: 'response' });
    expect((failure as OutcomeUnknownError).failure).toBeInstanceOf(UnreadableResponseError);
    expect(provider.count('createMerchant')).toBe(1);
  });

  test('an error of the guard never proves that an applied write was not sent', async () => {
    const response = () =>
      Promise.reject(new ConnectionError({ operationId: 'pullMerchant', attempts: 1 }, '', true));
    await using provider = await startProvider();
    const failure = provider.client({ guard: guardOf({ response }) }).createMerchant(merchant);
    await expect(failure).rejects.toMatchObject({ name: 'OutcomeUnknownError', reason: 'response' });
    expect(provider.count('createMerchant')).toBe(1);
  });

  test('a read whose success the guard refuses fails with the error of the guard', async () => {
    await using provider = await startProvider();
    await expect(provider.client({ guard: guardOf({ response: refuse }) }).pullMerchant(pull)).rejects.toBe(
      refusal,
    );
  });

  test('the guard cannot hide why a response is no success', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ status: 422, body: {} }) });
    const partner = provider.client({ guard: guardOf({ response: refuse }) });
    await expect(partner.createMerchant(merchant)).rejects.toBeInstanceOf(ValidationError);
  });

  test('a call ends at its timeout if its guard hangs', async () => {
    await using provider = await startProvider();
    const options = { timeoutMs: 1000, retry: false } as const;
    const before = provider
      .client({ ...options, guard: guardOf({ request: hang }) })
      .createMerchant(merchant);
    await expect(before).rejects.toMatchObject({ name: 'TimeoutError', attempts: 0 });
    const after = provider
      .client({ ...options, guard: guardOf({ response: hang }) })
      .createMerchant(merchant);
    await expect(after).rejects.toMatchObject({ name: 'OutcomeUnknownError', reason: 'timeout' });
  });

  test.each(['request', 'response'] as const)(
    'the signal ends a call whose guard checks the %s and hangs',
    async (name) => {
      const controller = new AbortController();
      const check = () => {
        controller.abort();
        return hang();
      };
      await using provider = await startProvider();
      const partner = provider.client({ guard: guardOf({ [name]: check }) });
      const failure = partner.createMerchant(merchant, { signal: controller.signal });
      const error =
        name === 'request' ? { name: 'AbortedError' } : { name: 'OutcomeUnknownError', reason: 'aborted' };
      await expect(failure).rejects.toMatchObject(error);
    },
  );
});
