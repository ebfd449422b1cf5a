import { createContext, runInContext } from 'node:vm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createDecisions, isPartnerError, NotFoundError, PartnerError } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { credentials, startProvider } from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';

afterEach(() => {
  vi.resetModules();
});

describe('errors of another copy of the package', () => {
  async function errorOfCopy(): Promise<unknown> {
    vi.resetModules();
    const copy = await import('../../src/index.ts');
    await using provider = await startProvider({ pullMerchant: () => ({ status: 404, body: {} }) });
    const urls = { goUrl: provider.url, backopsUrl: provider.url, persistUrl: provider.url };
    const partner = copy.createPartnerClient({ ...urls, credentials: { username: 'u', password: 'p' } });
    return await partner.pullMerchant(pull).catch((error: unknown) => error);
  }

  test('isPartnerError recognises these errors, and their names are the names of the classes', async () => {
    const error = await errorOfCopy();
    expect(error instanceof NotFoundError).toBe(false);
    expect(isPartnerError(error)).toBe(true);
    expect(isPartnerError(error) && error.name).toBe('NotFoundError');
  });

  test('a wait continues after the transient failures of a client of another copy', async () => {
    vi.resetModules();
    const copy = await import('../../src/index.ts');
    const responses: ScriptedResponse[] = [{ status: 503 }, { status: 429 }];
    await using provider = await startProvider({
      pullMerchant: () => responses.shift() ?? success('pullMerchant'),
    });
    const urls = { goUrl: provider.url, backopsUrl: provider.url, persistUrl: provider.url };
    const partner = copy.createPartnerClient({ ...urls, credentials, retry: false });
    const waiting = createDecisions(partner).waitFor(pull, { firstPullAfterMs: 0, intervalMs: 1 });
    await expect(waiting).resolves.toMatchObject({ decision: 'accept' });
    expect(provider.count('pullMerchant')).toBe(3);
  });

  test.each([undefined, null, 7, 'text', {}, new Error('no'), new TypeError('no')])(
    'isPartnerError is false for any other value: %s',
    (value) => {
      expect(isPartnerError(value)).toBe(false);
    },
  );

  test('isPartnerError is false for a value whose properties cannot be read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(isPartnerError(proxy)).toBe(false);
  });

  test('the symbol that marks an error of the client is in no property that a logger prints', async () => {
    const error = await errorOfCopy();
    expect(Reflect.ownKeys(error as object).filter((key) => typeof key === 'symbol')).toEqual([]);
    expect(error).not.toBeInstanceOf(PartnerError);
  });
});

describe('functions of another JavaScript realm', () => {
  const realm = createContext({});

  test('errors, results and inputs of a VM context are read like values of the main context', async () => {
    await using provider = await startProvider();
    const fails = runInContext('() => Promise.reject(new Error("of another realm"))', realm);
    const partner = provider.client({ fetch: fails, retry: false });
    await expect(partner.pullMerchant(pull)).rejects.toMatchObject({ name: 'ConnectionError' });
    const input = runInContext(`(${JSON.stringify(pull)})`, realm);
    await expect(provider.partner.pullMerchant(input)).resolves.toBeDefined();
  });
});
