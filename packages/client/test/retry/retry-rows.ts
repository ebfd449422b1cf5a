/**
 * What a client of an API without idempotency keys is to do when something goes wrong, as data that any client can be
 * scored with. Nothing here imports one.
 */

/** What one attempt meets. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfter?: RetryAfter;
      readonly body?: unknown;
    }
  /** The port is closed, the name has no address, or the other end does not speak TLS: nothing is ever sent. */
  | { readonly kind: 'connection refused' | 'name not found' | 'no TLS' }
  /** The request arrives, and the connection ends before the answer's headers, or within its body. */
  | { readonly kind: 'hang-up before headers' | 'hang-up within body' }
  /** The request arrives, and no answer comes. */
  | { readonly kind: 'no answer' };

/** A header as it is, or an HTTP date so many seconds from now. */
export type RetryAfter = string | { readonly dateInSeconds: number };

export interface RetryRow {
  readonly name: string;
  /** A GET that may be repeated, or a POST that creates something, and is not to do so twice. */
  readonly call: 'read' | 'write';
  /** What the attempts meet, one after the other. Those after the last succeed. */
  readonly faults: readonly Fault[];
  /** When the caller's signal is aborted. */
  readonly abort?:
    | 'before the call'
    | 'while an attempt is under way'
    | 'in the pause before the next attempt';
  /** What the client is set to, where that is not three attempts, a minute in all, and half a minute of `Retry-After`. */
  readonly limits?: { readonly maxAttempts?: number; readonly budgetMs?: number };
  /** How many attempts are made, those that never reach the server included. */
  readonly attempts: number;
  /**
   * `unknown`: the caller has to be told that the call may have been carried out, and may not have been. A `failure`
   * says that it was not.
   */
  readonly ends: 'success' | 'failure' | 'unknown' | 'aborted';
  /** How long the client pauses at the least before its second attempt, in milliseconds. */
  readonly pauseMs?: number;
  /** What the error says that the provider asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

const status = (status: number, rest: { retryAfter?: RetryAfter; body?: unknown } = {}): Fault => ({
  kind: 'status',
  status,
  ...rest,
});

const passing = [408, 425, 500, 502, 503, 504];
const final = [400, 404, 409, 413, 415, 422];
const limit = { error: { statusCode: 403, name: 'Error', message: 'Request limit exceeded' } };
const denied = { error: { statusCode: 403, name: 'Error', message: 'Access Denied', code: 'ACCESS_DENIED' } };
const unsent = ['connection refused', 'name not found', 'no TLS'] as const;
const sent = ['hang-up before headers', 'hang-up within body', 'no answer'] as const;
const calls = ['read', 'write'] as const;

const statuses: RetryRow[] = [
  ...passing.map((code): RetryRow => {
    const name = `a read met by ${code} is tried again`;
    return { name, call: 'read', faults: [status(code)], attempts: 2, ends: 'success' };
  }),
  ...passing.map((code): RetryRow => {
    const name = `a write met by ${code} is not tried again, and may have been done`;
    return { name, call: 'write', faults: [status(code)], attempts: 1, ends: 'unknown' };
  }),
  ...calls.flatMap((call) =>
    final.map((code): RetryRow => {
      const name = `a ${call} refused with ${code} is not tried again`;
      return { name, call, faults: [status(code)], attempts: 1, ends: 'failure' };
    }),
  ),
  {
    name: 'a read met by 501, which does not pass, is not tried again',
    ...{ call: 'read', faults: [status(501)], attempts: 1, ends: 'failure' },
  },
  {
    name: 'a redirect is not followed, and is no success',
    ...{ call: 'read', faults: [status(302)], attempts: 1, ends: 'failure' },
  },
  ...calls.flatMap((call): RetryRow[] => [
    {
      name: `a ${call} limited with 429 was not carried out, and is tried again`,
      ...{ call, faults: [status(429)], attempts: 2, ends: 'success' },
    },
    {
      name: `a ${call} met by a 403 that speaks of a limit is tried again`,
      ...{ call, faults: [status(403, { body: limit })], attempts: 2, ends: 'success' },
    },
    {
      name: `a ${call} met by a 403 with Retry-After is tried again`,
      ...{ call, faults: [status(403, { retryAfter: '0' })], attempts: 2, ends: 'success' },
    },
    {
      name: `a ${call} met by a 403 that denies is not tried again`,
      ...{ call, faults: [status(403, { body: denied })], attempts: 1, ends: 'failure' },
    },
    {
      name: `a ${call} met by a 401 is sent once more with a new token`,
      ...{ call, faults: [status(401)], attempts: 2, ends: 'success' },
    },
    {
      name: `a ${call} met by a 401 again is not sent a third time`,
      ...{ call, faults: [status(401), status(401)], attempts: 2, ends: 'failure' },
    },
  ]),
];

const phases: RetryRow[] = [
  ...calls.flatMap((call) =>
    unsent.map((kind): RetryRow => {
      const name = `a ${call} that never left (${kind}) is tried again`;
      return { name, call, faults: [{ kind }], attempts: 2, ends: 'success' };
    }),
  ),
  ...sent.map((kind): RetryRow => {
    const name = `a read met by ${kind} is tried again`;
    return { name, call: 'read', faults: [{ kind }], attempts: 2, ends: 'success' };
  }),
  ...sent.map((kind): RetryRow => {
    const name = `a write met by ${kind} is not tried again, and may have been done`;
    return { name, call: 'write', faults: [{ kind }], attempts: 1, ends: 'unknown' };
  }),
  {
    name: 'a write that did not leave, then met a hang-up, may have been done',
    call: 'write',
    faults: [{ kind: 'connection refused' }, { kind: 'hang-up before headers' }],
    ...{ attempts: 2, ends: 'unknown' },
  },
];

type Wait = readonly [
  what: string,
  retryAfter: RetryAfter,
  then: Pick<RetryRow, 'attempts' | 'ends'> & Partial<RetryRow>,
];

const again = { attempts: 2, ends: 'success' } as const;
const over = { attempts: 1, ends: 'failure' } as const;

const retryAfters: readonly Wait[] = [
  ['of 1 second is waited for', '1', { ...again, pauseMs: 1000 }],
  ['of 0 seconds asks for no more than the usual pause', '0', again],
  ['with a date is waited for', { dateInSeconds: 3 }, { ...again, pauseMs: 1900 }],
  ['with a date that has passed asks for nothing', { dateInSeconds: -60 }, again],
  ['that is no time is passed over', 'soon', again],
  ['that is negative is passed over', '-5', again],
  ['that is empty is passed over', '', again],
  ['beyond the cap ends the call, and is told', '3600', { ...over, retryAfterMs: 3_600_000 }],
  ['with a date beyond the cap ends the call', { dateInSeconds: 3600 }, over],
];

const waits = retryAfters.flatMap(([what, retryAfter, then]) =>
  [503, 429].map((code): RetryRow => {
    const name = `a Retry-After ${what} (${code})`;
    return { name, call: 'read', faults: [status(code, { retryAfter })], ...then };
  }),
);

const ends: RetryRow[] = [
  {
    name: 'a read is tried three times and no more',
    ...{ call: 'read', faults: Array(5).fill(status(503)), attempts: 3, ends: 'failure' },
  },
  {
    name: 'a write that never left is tried three times, and was not carried out',
    ...{ call: 'write', faults: Array(5).fill({ kind: 'connection refused' }), attempts: 3, ends: 'failure' },
  },
  {
    name: 'a limited write is tried three times, and was not carried out',
    ...{ call: 'write', faults: Array(5).fill(status(429)), attempts: 3, ends: 'failure' },
  },
  {
    name: 'one attempt is one attempt',
    ...{ call: 'read', faults: [status(503)], limits: { maxAttempts: 1 }, attempts: 1, ends: 'failure' },
  },
  {
    name: 'a pause that would go beyond the budget is not begun',
    ...{ call: 'read', faults: [status(503, { retryAfter: '5' })], limits: { budgetMs: 2000 } },
    ...{ attempts: 1, ends: 'failure', retryAfterMs: 5000 },
  },
  {
    name: 'a Retry-After beyond the cap ends the call, even where the budget would allow for it',
    ...{ call: 'read', faults: [status(503, { retryAfter: '45' })], limits: { budgetMs: 600_000 } },
    ...{ attempts: 1, ends: 'failure', retryAfterMs: 45_000 },
  },
  {
    name: 'a write is limited with Retry-After, and waits for it',
    ...{
      call: 'write',
      faults: [status(429, { retryAfter: '1' })],
      attempts: 2,
      ends: 'success',
      pauseMs: 1000,
    },
  },
  {
    name: 'a write is limited for longer than the cap, and was not carried out',
    ...{ call: 'write', faults: [status(429, { retryAfter: '3600' })], attempts: 1, ends: 'failure' },
    retryAfterMs: 3_600_000,
  },
];

const aborts: RetryRow[] = calls.flatMap((call): RetryRow[] => [
  {
    name: `a ${call} that is aborted before it begins is not sent`,
    ...{ call, faults: [], abort: 'before the call', attempts: 0, ends: 'aborted' },
  },
  {
    name: `a ${call} that is aborted in a pause ends there and then, and was not carried out`,
    ...{ call, faults: [status(429, { retryAfter: '20' })], abort: 'in the pause before the next attempt' },
    ...{ attempts: 1, ends: 'aborted' },
  },
  {
    name: `a ${call} that is aborted under way ends there and then${call === 'write' ? ', and may have been done' : ''}`,
    ...{ call, faults: [{ kind: 'no answer' }], abort: 'while an attempt is under way' },
    ...{ attempts: 1, ends: call === 'write' ? 'unknown' : 'aborted' },
  },
]);

export const retryRows: readonly RetryRow[] = [...statuses, ...phases, ...waits, ...ends, ...aborts];
