import { type Fault, type RetryAfter, type RetryRow, unsent } from './retry-row.ts';

/**
 * What a client of an API without idempotency keys must do when something goes wrong. The rows are data that any client
 * can be scored with, so this file imports no client.
 */

type Extras = Pick<RetryRow, 'abort' | 'limits' | 'minDelayMs' | 'retryAfterMs'>;

function row(
  name: string,
  call: RetryRow['call'],
  faults: readonly Fault[],
  attempts: number,
  ends: RetryRow['ends'],
  extras: Extras = {},
): RetryRow {
  return { name, call, faults, attempts, ends, ...extras };
}

function status(status: number, rest: { retryAfter?: RetryAfter; body?: unknown } = {}): Fault {
  return { kind: 'status', status, ...rest };
}

const transient = [408, 425, 500, 502, 503, 504];
const final = [400, 404, 409, 413, 415, 422];
const pages = {
  'a block page': '<html>Blocked</html>',
  'JSON of a proxy': '{"blocked":true}',
  'cut JSON': '{"id":"6553f1',
  'no body': '',
};
const limit = { error: { statusCode: 403, name: 'Error', message: 'Request limit exceeded' } };
const denied = { error: { statusCode: 403, name: 'Error', message: 'Access Denied', code: 'ACCESS_DENIED' } };
const sent = ['hang-up before headers', 'hang-up within body', 'no response', 'own fetch fails'] as const;
const calls = ['read', 'write'] as const;
const refused: Fault = { kind: 'connection refused' };

const statuses: RetryRow[] = [
  ...transient.flatMap((code) => [
    row(`a read that gets ${code} is retried`, 'read', [status(code)], 2, 'success'),
    row(
      `a write that gets ${code} is not retried, and may have been applied`,
      'write',
      [status(code)],
      1,
      'unknown',
    ),
  ]),
  row('a read that gets 501, which is not transient, is not retried', 'read', [status(501)], 1, 'failure'),
  row('a redirect is not followed, and is not a success', 'read', [status(302)], 1, 'failure'),
  ...[301, 302, 303, 307, 308].map((code) =>
    row(`a write that gets ${code} may have been applied`, 'write', [status(code)], 1, 'unknown'),
  ),
  ...Object.entries(pages).flatMap(([page, body]) => [
    row(`a read that gets 200 with ${page} is retried`, 'read', [status(200, { body })], 2, 'success'),
    row(
      `a write that gets 200 with ${page} is not retried, and may have been applied`,
      'write',
      [status(200, { body })],
      1,
      'unknown',
    ),
  ]),
  row(
    'a write that gets 501, which is not transient, may have been applied',
    'write',
    [status(501)],
    1,
    'unknown',
  ),
  // After a 421, Node's fetch repeats a read by itself, so this row has no read.
  row('a write that gets 421 is sent once', 'write', [status(421)], 1, 'failure'),
  ...calls.flatMap((call) => [
    ...final.map((code) =>
      row(`a ${call} that gets ${code} is not retried`, call, [status(code)], 1, 'failure'),
    ),
    row(`a ${call} that gets 429 was not applied, and is retried`, call, [status(429)], 2, 'success'),
    row(
      `a ${call} that gets a 403 which mentions a limit is retried`,
      call,
      [status(403, { body: limit })],
      2,
      'success',
    ),
    row(
      `a ${call} that gets a 403 with Retry-After is retried`,
      call,
      [status(403, { retryAfter: '0' })],
      2,
      'success',
    ),
    row(
      `a ${call} that gets a 403 which denies access is not retried`,
      call,
      [status(403, { body: denied })],
      1,
      'failure',
    ),
    row(`a ${call} that gets 401 is sent once more with a new token`, call, [status(401)], 2, 'success'),
    row(
      `a ${call} that gets 401 twice is not sent a third time`,
      call,
      [status(401), status(401)],
      2,
      'failure',
    ),
  ]),
];

const connections: RetryRow[] = [
  ...calls.flatMap((call) =>
    unsent.map((kind) =>
      // An error of TLS can also come after the request was stored.
      kind === 'no TLS' && call === 'write'
        ? row('a write that meets an error of TLS may have been applied', call, [{ kind }], 1, 'unknown')
        : row(`a ${call} that was not sent (${kind}) is retried`, call, [{ kind }], 2, 'success'),
    ),
  ),
  ...sent.flatMap((kind) => [
    row(`a read that meets ${kind} is retried`, 'read', [{ kind }], 2, 'success'),
    row(
      `a write that meets ${kind} is not retried, and may have been applied`,
      'write',
      [{ kind }],
      1,
      'unknown',
    ),
  ]),
  row(
    'a write that was not sent, and then meets a hang-up, may have been applied',
    'write',
    [refused, { kind: 'hang-up before headers' }],
    2,
    'unknown',
  ),
];

type Wait = readonly [
  what: string,
  retryAfter: RetryAfter,
  result: Pick<RetryRow, 'attempts' | 'ends'> & Extras,
];

const retried = { attempts: 2, ends: 'success' } as const;
const failed = { attempts: 1, ends: 'failure' } as const;

const retryAfters: readonly Wait[] = [
  ['of 1 second is respected', '1', { ...retried, minDelayMs: 1000 }],
  ['of 0 seconds adds nothing to the usual delay', '0', retried],
  ['with a date is respected', { dateInSeconds: 3 }, { ...retried, minDelayMs: 1900 }],
  ['with a past date adds nothing', { dateInSeconds: -60 }, retried],
  ['that is not a time is ignored', 'soon', retried],
  ['that is negative is ignored', '-5', retried],
  ['that is empty is ignored', '', retried],
  [
    'beyond the limit ends the call, and the error reports it',
    '3600',
    { ...failed, retryAfterMs: 3_600_000 },
  ],
  ['with a date beyond the limit ends the call', { dateInSeconds: 3600 }, failed],
];

const waits = retryAfters.flatMap(([what, retryAfter, { attempts, ends, ...extras }]) =>
  [503, 429].map((code) =>
    row(`a Retry-After ${what} (${code})`, 'read', [status(code, { retryAfter })], attempts, ends, extras),
  ),
);

const limits: RetryRow[] = [
  row('a read has at most three attempts', 'read', Array(5).fill(status(503)), 3, 'failure'),
  row(
    'a write that is never sent has three attempts, and was not applied',
    'write',
    Array(5).fill(refused),
    3,
    'failure',
  ),
  row(
    'a write that always gets 429 has three attempts, and was not applied',
    'write',
    Array(5).fill(status(429)),
    3,
    'failure',
  ),
  row('a limit of one attempt disables retries', 'read', [status(503)], 1, 'failure', {
    limits: { maxAttempts: 1 },
  }),
  row('a delay beyond the budget is not started', 'read', [status(503, { retryAfter: '5' })], 1, 'failure', {
    limits: { budgetMs: 2000 },
    retryAfterMs: 5000,
  }),
  row(
    'a Retry-After beyond the limit ends the call, even within the budget',
    'read',
    [status(503, { retryAfter: '45' })],
    1,
    'failure',
    { limits: { budgetMs: 600_000 }, retryAfterMs: 45_000 },
  ),
  row(
    'a write that gets 429 waits as long as Retry-After asks',
    'write',
    [status(429, { retryAfter: '1' })],
    2,
    'success',
    { minDelayMs: 1000 },
  ),
  row(
    'a write that gets 429 with a Retry-After beyond the limit was not applied',
    'write',
    [status(429, { retryAfter: '3600' })],
    1,
    'failure',
    { retryAfterMs: 3_600_000 },
  ),
];

const aborts: RetryRow[] = calls.flatMap((call) => [
  row(`a ${call} that is aborted before it starts is not sent`, call, [], 0, 'aborted', {
    abort: 'before the call',
  }),
  row(
    `a ${call} that is aborted during a delay ends immediately, and was not applied`,
    call,
    [status(429, { retryAfter: '20' })],
    1,
    'aborted',
    { abort: 'before the next attempt' },
  ),
  row(
    `a ${call} that is aborted during an attempt ends immediately${call === 'write' ? ', and may have been applied' : ''}`,
    call,
    [{ kind: 'no response' }],
    1,
    call === 'write' ? 'unknown' : 'aborted',
    { abort: 'during an attempt' },
  ),
]);

export const retryRows: readonly RetryRow[] = [...statuses, ...connections, ...waits, ...limits, ...aborts];
