import { type Operation, operations } from '@partner-ecosystem/openapi/operations';
import { describe, expect, it } from 'vitest';
import { type CallOptions, ConnectionError, type OperationInput } from '../../src/index.ts';
import { exampleInput, exampleParameters, success } from '../support/contract-example.ts';
import { fileBytes, merchant, pull } from '../support/example-input.ts';
import { administratorToken, countedTokens, startProvider } from '../support/provider.ts';

type AnyMethod = (input: Record<string, unknown>, options?: CallOptions) => Promise<unknown>;

function authorizationOf({ security }: Operation): string | undefined {
  if (security.includes('PartnerToken')) return 'token-1';
  return security.includes('AdministratorToken') ? administratorToken : undefined;
}

describe.each<Operation>(Object.values(operations))('$operationId', (operation) => {
  const { operationId, method, requestType } = operation;
  const input = exampleInput(operation);

  async function arrivalOf() {
    await using provider = await startProvider(
      operationId === 'loginPartner' ? {} : { loginPartner: countedTokens() },
    );
    const result = await (provider.partner[operationId] as AnyMethod)(input);
    return { result, arrival: provider.arrivals.at(-1), body: provider.arrivals.at(-1)?.body ?? Buffer.of() };
  }

  it('goes out with the method, path and query of the contract, and comes back with its example', async () => {
    const { arrival, result } = await arrivalOf();
    const parameters = exampleParameters(operation);
    const at = (place: string) => parameters.filter((parameter) => parameter.in === place);
    const path = at('path').reduce(
      (path, { name, example }) => path.replace(`{${name}}`, `${example}`),
      operation.path,
    );
    expect(arrival).toMatchObject({ operationId, method, path });
    expect(arrival?.query).toEqual(
      Object.fromEntries(at('query').map(({ name, example }) => [name, String(example)])),
    );
    expect(result).toEqual(success(operationId).body);
  });

  it('carries the raw token that the contract asks for, or none', async () => {
    const { arrival } = await arrivalOf();
    expect(arrival?.headers.authorization).toBe(authorizationOf(operation));
    expect(arrival?.headers.accept).toBe('application/json');
  });

  it('sends its input as the contract types it', async () => {
    const { arrival, body } = await arrivalOf();
    const type = arrival?.headers['content-type'];
    if (requestType === undefined) {
      expect([body.length, type]).toEqual([0, undefined]);
    } else if (requestType === 'application/json') {
      expect([JSON.parse(body.toString()), type]).toEqual([input, requestType]);
    } else {
      const form = await new Response(new Uint8Array(body), {
        headers: { 'content-type': `${type}` },
      }).formData();
      const { file, ...fields } = Object.fromEntries(form);
      expect(new Uint8Array(await (file as File).arrayBuffer())).toEqual(fileBytes);
      expect({ ...fields, file: input['file'] }).toEqual(input);
    }
  });

  it('takes either a body or parameters, so that a flat input is never ambiguous', () => {
    expect(requestType === undefined || exampleParameters(operation).length === 0).toBe(true);
  });
});

describe('an input', () => {
  it.each(['', '.', '..'])(
    'is refused with %j for an id in the path, which would change the path',
    async (id) => {
      await using provider = await startProvider();
      await expect(provider.partner.pullMerchant({ ...pull, merchantId: id })).rejects.toThrow(TypeError);
      expect(provider.arrivals).toEqual([]);
    },
  );

  it('stays inside its path segment and its query parameter', async () => {
    await using provider = await startProvider();
    await provider.partner.pullMerchant({ merchantId: '../a?b', realmId: 'x&version=2' });
    const { path, query } = provider.arrivals.at(-1) ?? {};
    expect(path).toBe('/api/distributors/pullMerchant/..%2Fa%3Fb');
    expect(query).toEqual({ realmId: 'x&version=2' });
  });

  it('leaves out the fields of a form that are undefined', async () => {
    await using provider = await startProvider();
    const file = new File(['content'], 'photo.jpg', { type: 'image/jpeg' });
    await provider.partner.uploadFile({ file, key: undefined } as unknown as OperationInput<'uploadFile'>);
    const text = provider.arrivals[0]?.body.toString() ?? '';
    expect(text).toContain('filename="photo.jpg"');
    expect(text).not.toContain('undefined');
  });
});

describe('a call', () => {
  it.each([200, 201, 202])('succeeds with any 2xx: %i', async (status) => {
    await using provider = await startProvider({ createMerchant: () => ({ status, body: { id: 'x' } }) });
    expect(await provider.partner.createMerchant(merchant)).toEqual({ id: 'x' });
  });

  it.each([null, false, 0, ''])('gives back a body that is %j', async (value) => {
    await using provider = await startProvider({ linkPartner: () => ({ body: JSON.stringify(value) }) });
    const ids = { distributorId: '6553f0000000000000000001', realmId: pull.realmId };
    expect(await provider.partner.linkPartner(ids)).toBe(value);
  });

  it('adds headers of its own, but never replaces Authorization, Accept or Content-Type', async () => {
    await using provider = await startProvider({ loginPartner: countedTokens() });
    const headers = { 'X-Trace': 'abc', authorization: 'other', accept: 'text/html' };
    await provider.partner.pullMerchant(pull, { headers });
    await provider.partner.uploadFile({ file: new Blob([]) }, { headers });
    const [, pulled, uploaded] = provider.arrivals;
    expect(pulled?.headers).toMatchObject({
      'x-trace': 'abc',
      authorization: 'token-1',
      accept: 'application/json',
    });
    expect(uploaded?.headers.authorization).toBeUndefined();
  });

  it('uses the partner’s own token before the administrator’s, and the administrator’s where there is no partner', async () => {
    await using provider = await startProvider({ loginPartner: countedTokens() });
    const ids = { distributorId: '6553f0000000000000000001', realmId: pull.realmId };
    await provider.partner.linkPartner(ids);
    await provider.client({ credentials: undefined }).linkPartner(ids);
    const tokens = provider.arrivals.map(({ headers }) => headers.authorization);
    expect(tokens).toEqual([undefined, 'token-1', administratorToken]);
  });
});

describe('the raw operations', () => {
  it('share the login, and resolve with the whole answer whatever its status', async () => {
    const headers = { 'X-Seen': 'yes' };
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      linkPartner: () => ({ ...success('linkPartner'), headers }),
      pullMerchant: () => ({ status: 404, body: {}, headers }),
      createMerchant: () => ({ status: 502, body: '<html>', headers }),
    });
    const { raw } = provider.partner;
    const linked = await raw.linkPartner({
      distributorId: '6553f0000000000000000001',
      realmId: pull.realmId,
    });
    const answers = [linked, await raw.pullMerchant(pull), await raw.createMerchant(merchant)];
    expect(answers).toMatchObject([
      { ok: true, status: 200, body: success('linkPartner').body },
      { ok: false, status: 404, body: {} },
      { ok: false, status: 502, body: '<html>' },
    ]);
    expect(answers.map((answer) => answer.headers.get('X-Seen'))).toEqual(['yes', 'yes', 'yes']);
    expect(provider.count('loginPartner')).toBe(1);
  });

  it('reject where there is no answer', async () => {
    await using provider = await startProvider();
    const { raw } = provider.client({ fetch: () => Promise.reject(new Error('no')), retry: false });
    await expect(raw.createMerchant(merchant)).rejects.toBeInstanceOf(ConnectionError);
  });

  it('exist for each operation of the contract', async () => {
    await using provider = await startProvider();
    expect(Object.keys(provider.partner.raw)).toEqual(Object.keys(operations));
  });
});
