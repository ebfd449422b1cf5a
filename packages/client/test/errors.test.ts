import { responses } from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { describe, expect, it } from 'vitest';
import * as shopWindow from '../src/index.ts';
import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ForbiddenError,
  NotFoundError,
  PartnerError,
  RateLimitError,
  ServerError,
  UnreadableResponseError,
  type ValidationError,
} from '../src/index.ts';
import { exampleInput, merchant, pull } from './example-input.ts';
import { startProvider } from './provider.ts';

async function refusal(
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiError> {
  await using provider = await startProvider({ createMerchant: () => ({ status, body, headers }) });
  const error: unknown = await provider.partner.createMerchant(merchant).catch((error: unknown) => error);
  if (error instanceof ApiError) return error;
  throw error;
}

/** Every documented refusal of every operation, with each of the contract's examples. */
const documented = Object.values(operations).flatMap(({ operationId }) => {
  const answers: { readonly [status: string]: object } = responses[operationId];
  return Object.entries(answers)
    .filter(([status]) => Number(status) >= 300)
    .flatMap(([status, examples]) =>
      Object.entries(examples).map(([name, body]) => ({ operationId, status: Number(status), name, body })),
    );
});

const classes: { readonly [status: number]: string } = {
  400: 'BadRequestError',
  401: 'AuthenticationError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  413: 'BadRequestError',
  415: 'BadRequestError',
  422: 'ValidationError',
  429: 'RateLimitError',
  500: 'ServerError',
  502: 'ServerError',
  504: 'ServerError',
};

/** The one refusal that its status does not tell. */
function nameOf({ status, name }: { status: number; name: string }): string | undefined {
  return name === 'merchantNotFound' ? 'NotFoundError' : classes[status];
}

describe('a refusal', () => {
  it.each(documented)('$status $name of $operationId has the class of its status', async (example) => {
    const { operationId, status, body } = example;
    await using provider = await startProvider({ [operationId]: () => ({ status, body }) });
    const method = provider.partner[operationId] as (input: unknown) => Promise<unknown>;
    const error = await method(exampleInput(operations[operationId])).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: nameOf(example), operationId, status });
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).body()).toEqual(body);
    expect((error as ApiError).code).toBe(Reflect.get(body, 'error')?.code);
  });

  it.each([
    ['an empty body', undefined, undefined],
    ['an empty object', {}, {}],
    ['HTML', '<html>Bad Gateway</html>', '<html>Bad Gateway</html>'],
    ['a list', [1], [1]],
    ['null', 'null', null],
    ['an error that is null', { error: null }, { error: null }],
    ['an error that is a sentence', { error: 'no' }, { error: 'no' }],
    ['details that are a sentence', { error: { details: 'no' } }, { error: { details: 'no' } }],
    [
      'codes that are no lists',
      { error: { details: { codes: { a: 1 } } } },
      { error: { details: { codes: { a: 1 } } } },
    ],
  ])('is told by its status where the body is %s', async (_, sent, read) => {
    for (const [status, name] of Object.entries(classes)) {
      const error = await refusal(Number(status), sent);
      expect(error).toMatchObject({ name, status: Number(status), code: undefined });
      expect(error.body()).toEqual(read);
    }
  });

  it.each([
    [408, BadRequestError],
    [409, BadRequestError],
    [401, AuthenticationError],
    [403, ForbiddenError],
    [429, RateLimitError],
    [503, ServerError],
    [599, ServerError],
  ])('with status %i is one for the caller to act upon as a class', async (status, Class) => {
    expect(await refusal(status)).toBeInstanceOf(Class);
  });

  it('is told by the HTTP status where the body says another', async () => {
    const error = await refusal(400, { error: { statusCode: 422, name: 'ValidationError', details: {} } });
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error.status).toBe(400);
  });

  it('with 400 and merchantNotFound is a NotFoundError', async () => {
    const error = await refusal(400, { error: { merchantNotFound: true } });
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.status).toBe(400);
  });

  it('with 500 is the provider’s fault, whatever flag its body carries', async () => {
    expect(await refusal(500, { error: { merchantNotFound: true } })).toBeInstanceOf(ServerError);
  });

  it('with 422 names the fields and the rules they break, in the message as well', async () => {
    const codes = { username: ['uniqueness'], 'branch code': ['presence', 'format'] };
    const error = (await refusal(422, { error: { details: { codes } } })) as ValidationError;
    expect(error.fields).toEqual(codes);
    expect(error.message).toContain('username (uniqueness); branch code (presence, format)');
  });

  it('by a redirect is not followed, so that nothing travels to another host', async () => {
    await using other = await startProvider();
    const error = await refusal(307, undefined, { Location: `${other.url}/api/distributors/createMerchant` });
    expect(error).toMatchObject({ name: 'ApiError', status: 307 });
    expect(other.arrivals).toEqual([]);
  });

  it('takes for a code only what has the shape of one', async () => {
    expect((await refusal(400, { error: { code: 'Asha Example' } })).code).toBeUndefined();
    expect((await refusal(400, { error: { code: 400 } })).code).toBeUndefined();
    expect((await refusal(400, { error: { code: 'NEW_CODE' } })).code).toBe('NEW_CODE');
  });

  it('says that a failed write may have been carried out, and that a failed read may be tried again', async () => {
    const fault = () => ({ status: 502 });
    await using provider = await startProvider({ createMerchant: fault, pullMerchant: fault });
    await expect(provider.partner.createMerchant(merchant)).rejects.toThrow(/look before you repeat/);
    await expect(provider.partner.pullMerchant(pull)).rejects.toThrow(/Try again later/);
    expect([provider.count('createMerchant'), provider.count('pullMerchant')]).toEqual([1, 1]);
  });
});

describe('a success', () => {
  it.each([
    [200, '<html>'],
    [200, ''],
    [200, '{"id":'],
    [204, undefined],
  ])('with status %i and the body %j is unreadable, and keeps no word of it', async (status, body) => {
    await using provider = await startProvider({ createMerchant: () => ({ status, body }) });
    const error = await provider.partner.createMerchant(merchant).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UnreadableResponseError);
    expect(error).toMatchObject({ operationId: 'createMerchant', status });
    expect(error).not.toHaveProperty('cause');
  });
});

describe('the family', () => {
  const family = Object.entries(shopWindow).filter(([name]) => name.endsWith('Error'));

  it.each(family)('%s belongs to PartnerError and goes by its own name', (name, Class) => {
    if (Class === PartnerError) return;
    expect(Object.create((Class as typeof ApiError).prototype)).toBeInstanceOf(PartnerError);
    expect((Class as typeof ApiError).prototype.name).toBe(name);
  });

  it('shows its name and operation wherever an error is printed', async () => {
    const operationId: OperationId = 'createMerchant';
    const error = await refusal(404, {});
    expect(error.stack).toMatch(/^NotFoundError: createMerchant /);
    expect(JSON.parse(JSON.stringify(error))).toEqual({ operationId, status: 404 });
  });
});
