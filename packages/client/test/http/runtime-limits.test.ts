import { describe, expect, test, vi } from 'vitest';
import { TimeoutError } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { credentials, startProvider } from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';
import { startSockets } from '../support/sockets.ts';

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"file":';

/** Creates a dispatcher of Node's own fetch, with other time limits than five minutes. */
function createDispatcher(limits: object): NonNullable<RequestInit['dispatcher']> {
  const current: unknown = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'));
  return Reflect.construct(Object(current).constructor, [limits]);
}

describe('limits of the runtime', () => {
  test('a time limit above five minutes needs a custom fetch', async () => {
    await using provider = await startProvider();
    const message = 'timeoutMs without the option fetch must be a number from 1 to 300000.';
    expect(() => provider.client({ timeoutMs: 300_001 })).toThrow(message);
    await expect(provider.partner.pullMerchant(pull, { timeoutMs: 300_001 })).rejects.toThrow(message);
    const patient = provider.client({ timeoutMs: 300_001, fetch: (request) => fetch(request) });
    await patient.pullMerchant(pull, { timeoutMs: 300_002 });
  });

  test.each([
    ['header', '', { headersTimeout: 50 }],
    ['body', head, { bodyTimeout: 50 }],
  ])('an attempt that the runtime ends for a late %s is a TimeoutError', async (_, written, limits) => {
    await using socket = await startSockets((connection) => connection.write(written));
    await using provider = await startProvider();
    const url = `http://${socket.host}`;
    const dispatcher = createDispatcher(limits);
    const partner = provider.client({
      goUrl: url,
      backopsUrl: url,
      retry: false,
      fetch: (request) => fetch(request, { dispatcher }),
    });
    await expect(partner.loginPartner(credentials)).rejects.toBeInstanceOf(TimeoutError);
    await expect(partner.createPartner(credentials)).rejects.toMatchObject({ reason: 'timeout' });
  });

  test('a create is sent where process has no versions, as in runtimes that imitate Node', async () => {
    await using provider = await startProvider();
    vi.stubGlobal('process', Object.create(process, { versions: { value: undefined } }));
    try {
      await provider.partner.createPartner(credentials);
    } finally {
      vi.unstubAllGlobals();
    }
    expect(JSON.parse(`${provider.arrivals[0]?.body}`)).toEqual(credentials);
  });

  test('a create that gets 421 is sent once, with its length', async () => {
    await using provider = await startProvider({ createPartner: () => ({ status: 421, body: {} }) });
    const failure = provider.partner.createPartner(credentials);
    await expect(failure).rejects.toMatchObject({ name: 'BadRequestError', status: 421 });
    const [arrival] = provider.arrivals;
    expect(provider.count('createPartner')).toBe(1);
    expect(arrival?.headers).toMatchObject({ 'content-length': `${arrival?.body.length}` });
  });
});

test('an upload that gets 421 is sent once', async () => {
  await using provider = await startProvider({ uploadFile: () => ({ status: 421, body: {} }) });
  const failure = provider.partner.uploadFile({ file: new Blob(['x']) });
  await expect(failure).rejects.toMatchObject({ name: 'BadRequestError', status: 421 });
  expect(provider.count('uploadFile')).toBe(1);
});

describe('the retry budget', () => {
  test('no attempt begins after the budget, even if a slow login has used up the budget', async () => {
    const budgetMs = 300;
    const logins: (() => ScriptedResponse | Promise<ScriptedResponse>)[] = [
      () => success('loginPartner'),
      () => new Promise((resolve) => setTimeout(resolve, budgetMs + 1, success('loginPartner'))),
    ];
    await using provider = await startProvider({
      loginPartner: () => logins.shift()?.() ?? {},
      pullMerchant: () => ({ status: 401 }),
    });
    const failure = provider.client({ retry: { budgetMs } }).pullMerchant(pull);
    await expect(failure).rejects.toMatchObject({ name: 'AuthenticationError', attempts: 1 });
    expect([provider.count('loginPartner'), provider.count('pullMerchant')]).toEqual([2, 1]);
  });
});
