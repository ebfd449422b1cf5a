import { responses } from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { describe, expect, it } from 'vitest';
import * as shopWindow from '../../src/index.ts';
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

async function refusal(
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

/** What the provider answered, also where the outcome of a write is unknown by it. */
function answerIn(error: unknown): ApiError {
  return (error instanceof OutcomeUnknownError ? error.failure : error) as ApiError;
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

/** The two refusals that their status does not tell. */
const named: { readonly [example: string]: string } = {
  merchantNotFound: 'NotFoundError',
  limitExceeded: 'RateLimitError',
};

describe('a refusal', () => {
  it.each(documented)('$status $name of $operationId has the class of its status', async (example) => {
    const { operationId, status, body } = example;
    await using provider = await startProvider({ [operationId]: () => ({ status, body }) });
    const method = provider.client({ retry: false })[operationId] as (input: unknown) => Promise<unknown>;
    const thrown = await method(exampleInput(operations[operationId])).catch((error: unknown) => error);
    const error = answerIn(thrown);
    expect(error).toMatchObject({ name: named[example.name] ?? classes[status], operationId, status });
    expect(error).toBeInstanceOf(ApiError);
    expect(error.body()).toEqual(body);
    expect(error.code).toBe(Reflect.get(body, 'error')?.code);
    const writes = operations[operationId].method === 'POST' && operationId !== 'loginPartner';
    expect(thrown instanceof OutcomeUnknownError).toBe(writes && status >= 500);
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
    [408, ServerError],
    [409, BadRequestError],
    [425, ServerError],
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
    const error = await refusal(307, undefined, { Location: `${other.url}/api/distributors/pullMerchant/1` });
    expect(error).toMatchObject({ name: 'ApiError', status: 307 });
    expect(other.arrivals).toEqual([]);
  });

  it.each([
    ['-5', undefined],
    ['1.5', undefined],
    ['', undefined],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['7', 7000],
  ])('with the Retry-After %j asks to wait %s ms', async (header, retryAfterMs) => {
    expect((await refusal(429, {}, { 'Retry-After': header })).retryAfterMs).toBe(retryAfterMs);
  });

  it('takes for a code only what has the shape of one', async () => {
    expect((await refusal(400, { error: { code: 'Asha Example' } })).code).toBeUndefined();
    expect((await refusal(400, { error: { code: 'XXXXX0000X' } })).code).toBeUndefined();
    expect((await refusal(400, { error: { code: 400 } })).code).toBeUndefined();
    expect((await refusal(400, { error: { code: 'NEW_CODE' } })).code).toBe('NEW_CODE');
  });

  it.each([
    ['with Retry-After', { error: { code: 'ACCESS_DENIED' } }, { 'Retry-After': '1' }, RateLimitError],
    ['that speaks of a limit', { error: { message: 'Request limit exceeded' } }, {}, RateLimitError],
    ['that has a code', { error: { code: 'ACCESS_DENIED', message: 'limit' } }, {}, ForbiddenError],
    ['that says nothing', {}, {}, ForbiddenError],
  ])('with 403 %s is about a limit, or not permitted', async (_, body, headers, Class) => {
    const error = await refusal(403, body, headers);
    expect(error).toBeInstanceOf(Class);
    expect(error.status).toBe(403);
  });

  it('has the request id and the wait that its headers give', async () => {
    const headers = { 'X-Request-Id': 'req-7f3', 'Retry-After': '2' };
    expect(await refusal(429, {}, headers)).toMatchObject({ requestId: 'req-7f3', retryAfterMs: 2000 });
    const odd = { 'X-Request-Id': 'Asha Example', 'Retry-After': 'soon' };
    expect(await refusal(429, {}, odd)).toMatchObject({ requestId: undefined, retryAfterMs: undefined });
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
    const operationId: OperationId = 'pullMerchant';
    const error = await refusal(404, {});
    expect(error.stack).toMatch(/^NotFoundError: pullMerchant /);
    expect(JSON.parse(JSON.stringify(error))).toEqual({ operationId, attempts: 1, status: 404 });
  });
});
