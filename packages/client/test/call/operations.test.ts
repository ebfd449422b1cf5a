import { type Operation, operations } from '@partner-ecosystem/openapi/operations';
import { describe, expect, test } from 'vitest';
import type { CallOptions, OperationInput } from '../../src/index.ts';
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

  async function call() {
    await using provider = await startProvider(
      operationId === 'loginPartner' ? {} : { loginPartner: countedTokens() },
    );
    const result = await (provider.partner[operationId] as AnyMethod)(input);
    return { result, arrival: provider.arrivals.at(-1), body: provider.arrivals.at(-1)?.body ?? Buffer.of() };
  }

  test('sends the method, path and query of the contract, and resolves to its example', async () => {
    const { arrival, result } = await call();
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

  test('sends the raw token of its security scheme, or no token', async () => {
    const { arrival } = await call();
    expect(arrival?.headers.authorization).toBe(authorizationOf(operation));
    expect(arrival?.headers.accept).toBe('application/json');
  });

  test('sends its input in the media type of the contract', async () => {
    const { arrival, body } = await call();
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

  test('has either a body or parameters, so that a flat input is unambiguous', () => {
    expect(requestType === undefined || exampleParameters(operation).length === 0).toBe(true);
  });
});

describe('an input', () => {
  test.each(['', '.', '..'])('the path id %j is rejected, because it would change the path', async (id) => {
    await using provider = await startProvider();
    await expect(provider.partner.pullMerchant({ ...pull, merchantId: id })).rejects.toThrow(TypeError);
    expect(provider.arrivals).toEqual([]);
  });

  test('values are escaped in the path and in the query', async () => {
    await using provider = await startProvider();
    await provider.partner.pullMerchant({ merchantId: '../a?b', realmId: 'x&version=2' });
    const { path, query } = provider.arrivals.at(-1) ?? {};
    expect(path).toBe('/api/distributors/pullMerchant/..%2Fa%3Fb');
    expect(query).toEqual({ realmId: 'x&version=2', version: '1.1.0' });
  });

  test('an object is refused as a value of a query, because only the name of its type would be sent', async () => {
    await using provider = await startProvider();
    const failure = provider.partner.pullMerchant({ ...pull, realmId: {} as never });
    await expect(failure).rejects.toThrow(/^pullMerchant needs a valid realmId\.$/);
    expect(provider.arrivals).toEqual([]);
  });

  test('a pull sends the version, unless the caller gives another one', async () => {
    await using provider = await startProvider();
    const { merchantId, realmId } = pull;
    await provider.partner.pullMerchant({ merchantId, realmId });
    await provider.partner.pullMerchant({ merchantId, realmId, version: '2.0.0' });
    await provider.partner.pullMerchant({ ...pull, version: undefined });
    const versions = provider.arrivals.slice(-3).map(({ query }) => query['version']);
    expect(versions).toEqual(['1.1.0', '2.0.0', '1.1.0']);
  });

  test('a request for a template asks for sample data, unless the caller does not want any', async () => {
    await using provider = await startProvider();
    const { realmId: applicationId } = pull;
    await provider.partner.getPushMerchantSpec({ applicationId });
    await provider.partner.getPushMerchantSpec({ applicationId, sampleData: false });
    const asked = provider.arrivals.slice(-2).map(({ query }) => query['sampleData']);
    expect(asked).toEqual(['true', 'false']);
  });

  test('undefined fields of a form are not sent', async () => {
    await using provider = await startProvider();
    const file = new File(['content'], 'photo.jpg', { type: 'image/jpeg' });
    await provider.partner.uploadFile({ file, key: undefined } as unknown as OperationInput<'uploadFile'>);
    const text = provider.arrivals[0]?.body.toString() ?? '';
    expect(text).toContain('filename="photo.jpg"');
    expect(text).not.toContain('undefined');
  });
});

describe('a call', () => {
  test.each([200, 201, 202])('the status %i is a success', async (status) => {
    await using provider = await startProvider({ createMerchant: () => ({ status, body: { id: 'x' } }) });
    expect(await provider.partner.createMerchant(merchant)).toEqual({ id: 'x' });
  });

  test('headers of a call are added, but do not replace Authorization, Accept or Content-Type', async () => {
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

  test('the partner’s token is preferred to the administrator’s', async () => {
    await using provider = await startProvider({ loginPartner: countedTokens() });
    const ids = { distributorId: '6553f0000000000000000001', realmId: pull.realmId };
    await provider.partner.linkPartner(ids);
    await provider.client({ credentials: undefined }).linkPartner(ids);
    const tokens = provider.arrivals.map(({ headers }) => headers.authorization);
    expect(tokens).toEqual([undefined, 'token-1', administratorToken]);
  });
});
