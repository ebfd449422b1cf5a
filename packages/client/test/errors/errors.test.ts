import { responses } from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { describe, expect, test } from 'vitest';
import * as client from '../../src/index.ts';
import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ForbiddenError,
  NotFoundError,
  OutcomeUnknownError,
  PartnerError,
  RateLimitError,
  ServerError,
  UnreadableResponseError,
  type ValidationError,
} from '../../src/index.ts';
import { exampleInput } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

async function errorOf(
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiError> {
  await using provider = await startProvider({ pullMerchant: () => ({ status, body, headers }) });
  const partner = provider.client({ retry: false });
  const error: unknown = await partner.pullMerchant(pull).catch((error: unknown) => error);
  if (error instanceof ApiError) return error;
  throw error;
}

/** The ApiError, even if it made the outcome of a write unknown. */
function apiErrorIn(error: unknown): ApiError {
  return (error instanceof OutcomeUnknownError ? error.failure : error) as ApiError;
}

/** Every documented error response of every operation, with each of the contract's examples. */
const documented = Object.values(operations).flatMap(({ operationId }) => {
  const byStatus: { readonly [status: string]: object } = responses[operationId];
  return Object.entries(byStatus)
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

/** The two examples whose class does not follow from their status. */
const exceptions: { readonly [example: string]: string } = {
  merchantNotFound: 'NotFoundError',
  limitExceeded: 'RateLimitError',
};

describe('an error response', () => {
  test.each(documented)('$status $name of $operationId has the class of its status', async (example) => {
    const { operationId, status, body } = example;
    await using provider = await startProvider({ [operationId]: () => ({ status, body }) });
    const method = provider.client({ retry: false })[operationId] as (input: unknown) => Promise<unknown>;
    const thrown = await method(exampleInput(operations[operationId])).catch((error: unknown) => error);
    const error = apiErrorIn(thrown);
    expect(error).toMatchObject({ name: exceptions[example.name] ?? classes[status], operationId, status });
    expect(error).toBeInstanceOf(ApiError);
    expect(error.body()).toEqual(body);
    expect(error.code).toBe(Reflect.get(body, 'error')?.code);
    const writes = operations[operationId].method === 'POST' && operationId !== 'loginPartner';
    expect(thrown instanceof OutcomeUnknownError).toBe(writes && status >= 500);
  });

  test.each([
    ['an empty body', undefined, undefined],
    ['an empty object', {}, {}],
    ['HTML', '<html>Bad Gateway</html>', '<html>Bad Gateway</html>'],
    ['a list', [1], [1]],
    ['null', 'null', null],
    ['an error that is null', { error: null }, { error: null }],
    ['an error that is a sentence', { error: 'no' }, { error: 'no' }],
    ['details that are a sentence', { error: { details: 'no' } }, { error: { details: 'no' } }],
    [
      'codes that are not lists',
      { error: { details: { codes: { a: 1 } } } },
      { error: { details: { codes: { a: 1 } } } },
    ],
  ])('the status decides if the body is %s', async (_, sent, read) => {
    for (const [status, name] of Object.entries(classes)) {
      const error = await errorOf(Number(status), sent);
      expect(error).toMatchObject({ name, status: Number(status), code: undefined });
      expect(error.body()).toEqual(read);
    }
  });

  test.each([
    [408, ServerError],
    [409, BadRequestError],
    [425, ServerError],
    [401, AuthenticationError],
    [403, ForbiddenError],
    [429, RateLimitError],
    [503, ServerError],
    [599, ServerError],
  ])('the status %i has its class', async (status, Class) => {
    expect(await errorOf(status)).toBeInstanceOf(Class);
  });

  test('the HTTP status takes precedence over a status in the body', async () => {
    const error = await errorOf(400, { error: { statusCode: 422, name: 'ValidationError', details: {} } });
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error.status).toBe(400);
  });

  test('400 with merchantNotFound is a NotFoundError', async () => {
    const error = await errorOf(400, { error: { merchantNotFound: true } });
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.status).toBe(400);
  });

  test('500 is a ServerError, even with merchantNotFound', async () => {
    expect(await errorOf(500, { error: { merchantNotFound: true } })).toBeInstanceOf(ServerError);
  });

  test('a ValidationError and its message name the fields and the rules that the fields break', async () => {
    const codes = { username: ['uniqueness'], mobile: ['presence', 'format'] };
    const error = (await errorOf(422, { error: { details: { codes } } })) as ValidationError;
    expect(error.fields).toEqual(codes);
    expect(error.message).toContain('username (uniqueness); mobile (presence, format)');
  });

  test('a redirect is not followed, so that nothing is sent to another host', async () => {
    await using other = await startProvider();
    const error = await errorOf(307, undefined, { Location: `${other.url}/api/distributors/pullMerchant/1` });
    expect(error).toMatchObject({ name: 'UnreadableResponseError', status: 307 });
    expect(other.arrivals).toEqual([]);
  });

  test('only a value with the shape of a code becomes the code', async () => {
    expect((await errorOf(400, { error: { code: 'Asha Example' } })).code).toBeUndefined();
    expect((await errorOf(400, { error: { code: 'XXXXX0000X' } })).code).toBeUndefined();
    expect((await errorOf(400, { error: { code: 400 } })).code).toBeUndefined();
    expect((await errorOf(400, { error: { code: 'NEW_CODE' } })).code).toBe('NEW_CODE');
  });

  test.each([
    ['with Retry-After', { error: { code: 'ACCESS_DENIED' } }, { 'Retry-After': '1' }, RateLimitError],
    ['that mentions a limit', { error: { message: 'Request limit exceeded' } }, {}, RateLimitError],
    ['that has a code', { error: { code: 'ACCESS_DENIED', message: 'limit' } }, {}, ForbiddenError],
    ['without a sign', {}, {}, ForbiddenError],
  ])('a 403 %s has the class of a limit or of a missing permission', async (_, body, headers, Class) => {
    const error = await errorOf(403, body, headers);
    expect(error).toBeInstanceOf(Class);
    expect(error.status).toBe(403);
  });

  test('an ApiError has the request id and the delay of the headers', async () => {
    const headers = { 'X-Request-Id': 'req-7f3', 'Retry-After': '2' };
    expect(await errorOf(429, {}, headers)).toMatchObject({ requestId: 'req-7f3', retryAfterMs: 2000 });
    const odd = { 'X-Request-Id': 'Asha Example', 'Retry-After': 'soon' };
    expect(await errorOf(429, {}, odd)).toMatchObject({ requestId: undefined, retryAfterMs: undefined });
  });
});

describe('a success', () => {
  const pages = [
    [200, '<html>'],
    [200, ''],
    [200, '{"id":'],
    [204, undefined],
  ] as const;

  test.each(pages)('a read that gets %i with the body %j is unreadable', async (status, body) => {
    const error = await errorOf(status, body);
    expect(error).toBeInstanceOf(UnreadableResponseError);
    expect(error).toMatchObject({ operationId: 'pullMerchant', status });
    expect(error.body()).toBe(body || undefined);
    expect(error).not.toHaveProperty('cause');
  });

  test.each(pages)('a write that gets %i with the body %j has an unknown outcome', async (status, body) => {
    await using provider = await startProvider({ createMerchant: () => ({ status, body }) });
    const error = await provider.partner.createMerchant(merchant).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'OutcomeUnknownError', reason: 'response', failure: { status } });
    expect(error).not.toHaveProperty('cause');
  });

  test('a read whose JSON was cut is tried again', async () => {
    const bodies = ['{"result":', '{"result":', '{"result":{}}'];
    await using provider = await startProvider({ pullMerchant: () => ({ body: bodies.shift() }) });
    expect(await provider.partner.pullMerchant(pull)).toEqual({ result: {} });
  });
});

describe('error classes', () => {
  const classesOfErrors = Object.entries(client).filter(([name]) => /^[A-Z]\w+Error$/.test(name));

  test.each(classesOfErrors)('%s extends PartnerError and has its own name', (name, Class) => {
    if (Class === PartnerError) return;
    expect(Object.create((Class as typeof ApiError).prototype)).toBeInstanceOf(PartnerError);
    expect((Class as typeof ApiError).prototype.name).toBe(name);
  });

  test('an error shows its name and operation wherever it is printed', async () => {
    const operationId: OperationId = 'pullMerchant';
    const error = await errorOf(404, {});
    expect(error.stack).toMatch(/^NotFoundError: pullMerchant /);
    expect(JSON.parse(JSON.stringify(error))).toEqual({ operationId, attempts: 1, status: 404 });
  });
});
