import { describe, expect, test } from 'vitest';
import {
  AuthenticationError,
  type PartnerClient,
  ServerError,
  TimeoutError,
  UnreadableResponseError,
} from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { countedTokens, credentials, startProvider } from '../support/provider.ts';
import { type ScriptedResponse, unauthorized } from '../support/scripted-provider.ts';
import { times } from '../support/times.ts';

describe('logins', () => {
  test('100 concurrent first calls share one login', async () => {
    await using provider = await startProvider();
    await times(100, () => provider.partner.pullMerchant(pull));
    expect(provider.count('loginPartner')).toBe(1);
    expect(provider.count('pullMerchant')).toBe(100);
  });

  test('a login is sent without a token, even after a token was rejected', async () => {
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      pullMerchant: ({ headers }) =>
        headers.authorization === 'token-2' ? success('pullMerchant') : unauthorized,
    });
    await provider.partner.pullMerchant(pull);
    const logins = provider.arrivals.filter(({ operationId }) => operationId === 'loginPartner');
    expect(logins.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  test('the credentials function is called at each login', async () => {
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      pullMerchant: ({ headers }) =>
        headers.authorization === 'token-2' ? success('pullMerchant') : unauthorized,
    });
    const passwords = ['first', 'second'];
    const rotating = async () => ({ ...credentials, password: passwords.shift() ?? 'no password is left' });
    await provider.client({ credentials: rotating }).pullMerchant(pull);
    const logins = provider.arrivals.filter(({ operationId }) => operationId === 'loginPartner');
    expect(logins.map(({ body }) => JSON.parse(body.toString()).password)).toEqual(['first', 'second']);
  });

  test('a call fails with the error of the credentials function, and the next call tries again', async () => {
    await using provider = await startProvider();
    const outage = new Error('the vault is closed');
    const results = [() => Promise.reject(outage), () => credentials];
    const partner = provider.client({ credentials: () => results.shift()?.() ?? credentials });
    await expect(partner.pullMerchant(pull)).rejects.toBe(outage);
    await expect(partner.pullMerchant(pull)).resolves.toBeDefined();
  });

  test('a credentials function that hangs ends with the time limit, and never logs in late', async () => {
    const late = Promise.withResolvers<typeof credentials>();
    await using provider = await startProvider();
    const partner = provider.client({ credentials: () => late.promise, timeoutMs: 50, retry: false });
    const failure = partner.pullMerchant(pull);
    await expect(failure).rejects.toBeInstanceOf(TimeoutError);
    await expect(failure).rejects.toMatchObject({ operationId: 'loginPartner', timeoutMs: 50 });
    late.resolve(credentials);
    await late.promise;
    expect(provider.arrivals).toEqual([]);
  });

  test('a credentials function that waits for a call of the same client ends with the time limit', async () => {
    await using provider = await startProvider();
    const partner: PartnerClient = provider.client({
      credentials: () => partner.pullMerchant(pull).then(() => credentials),
      timeoutMs: 50,
      retry: false,
    });
    await expect(partner.pullMerchant(pull)).rejects.toBeInstanceOf(TimeoutError);
    expect(provider.arrivals).toEqual([]);
  });

  test('waiting calls retry a login that fails transiently', async () => {
    const responses: ScriptedResponse[] = [{ status: 503 }];
    await using provider = await startProvider({
      loginPartner: () => responses.shift() ?? success('loginPartner'),
    });
    await times(10, () => provider.partner.createMerchant(merchant));
    expect([provider.count('loginPartner'), provider.count('createMerchant')]).toEqual([2, 10]);
  });

  test('a login that gets 503 fails with a ServerError', async () => {
    await using provider = await startProvider({ loginPartner: () => ({ status: 503, body: '<html>' }) });
    const failure = provider.client({ retry: false }).pullMerchant(pull);
    await expect(failure).rejects.toBeInstanceOf(ServerError);
    await expect(failure).rejects.toMatchObject({ operationId: 'loginPartner', status: 503 });
  });

  test.each([301, 307])(
    'a login that is redirected with %i does not fail as a login with wrong credentials',
    async (status) => {
      await using provider = await startProvider({
        loginPartner: () => ({ status, headers: { Location: '/elsewhere' } }),
      });
      const failure = provider.partner.pullMerchant(pull);
      await expect(failure).rejects.toMatchObject({
        name: 'UnreadableResponseError',
        operationId: 'loginPartner',
        status,
      });
      await expect(failure).rejects.not.toThrow(/credentials/);
    },
  );

  test.each(['{}', '{"id":""}', '{"id":7}', '{"id":"two words"}', '{"id":"a\\nb"}', '[]', 'null', '"a"'])(
    'a login without a usable token is unreadable: %s',
    async (body) => {
      await using provider = await startProvider({ loginPartner: () => ({ body }) });
      const failure = provider.client({ retry: false }).pullMerchant(pull);
      await expect(failure).rejects.toBeInstanceOf(UnreadableResponseError);
      expect(provider.count('pullMerchant')).toBe(0);
    },
  );
});

describe('calls that get 401', () => {
  test('a call that gets 401 is repeated with the same body', async () => {
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      createMerchant: ({ headers }) =>
        headers.authorization === 'token-2' ? success('createMerchant') : unauthorized,
    });
    await provider.partner.createMerchant(merchant);
    const [first, second] = provider.arrivals.filter(({ operationId }) => operationId === 'createMerchant');
    expect(JSON.parse(`${second?.body}`)).toEqual(merchant);
    expect(second?.body).toEqual(first?.body);
  });

  test('a call that gets 401 twice fails after two attempts', async () => {
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      createMerchant: () => unauthorized,
    });
    await expect(provider.partner.createMerchant(merchant)).rejects.toBeInstanceOf(AuthenticationError);
    expect([provider.count('createMerchant'), provider.count('loginPartner')]).toEqual([2, 2]);
  });

  test('a call that gets 401 is not repeated if another login would change nothing', async () => {
    await using provider = await startProvider({
      uploadFile: () => ({ status: 401, body: {} }),
      createPartner: () => unauthorized,
    });
    await expect(provider.partner.uploadFile({ file: new Blob([]) })).rejects.toBeInstanceOf(
      AuthenticationError,
    );
    await expect(provider.partner.createPartner(credentials)).rejects.toBeInstanceOf(AuthenticationError);
    expect(provider.arrivals.map(({ operationId }) => operationId)).toEqual(['uploadFile', 'createPartner']);
  });
});
