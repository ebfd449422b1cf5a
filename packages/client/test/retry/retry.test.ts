import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  AbortedError,
  type ClientEvent,
  OutcomeUnknownError,
  PartnerError,
  type PartnerOperations,
} from '../../src/index.ts';
import { merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';
import { type Faults, respondTo, startFaults, succeeded } from './play-fault.ts';
import { arrives, type Fault, type RetryRow } from './retry-row.ts';
import { retryRows } from './retry-rows.ts';

const operationIds = { read: 'pullMerchant', write: 'createMerchant' } as const;

/** Timers may fire up to a millisecond early. */
const timerToleranceMs = 1;

let playing: Faults;
beforeAll(async () => {
  playing = await startFaults();
});
afterAll(() => playing[Symbol.asyncDispose]());

interface Course {
  readonly attempts: number;
  /** Requests that reached the server. */
  readonly arrivals: number;
  readonly ends: RetryRow['ends'];
  readonly retryAfterMs: number | undefined;
  readonly delayMs: number;
  /** Whether an attempt reached the time limit. */
  readonly timedOut: boolean;
  readonly error: unknown;
}

/** Makes the call of a row against a real server. */
async function run({ call, faults, abort, limits }: RetryRow): Promise<Course> {
  const operationId = operationIds[call];
  const controller = new AbortController();
  if (abort === 'before the call') controller.abort();
  const times: number[] = [];
  const currentFault = () => faults[times.length - 1];

  await using provider = await startProvider({
    [operationId]: () => {
      if (abort === 'during an attempt') controller.abort();
      const fault = currentFault();
      return fault ? respondTo(fault) : succeeded;
    },
  });
  const fetch = (request: Request) =>
    playing.send(request.url.includes(operationId) ? currentFault() : undefined, request);
  // All errors of `fetch` are errors of the runtime, unless a fault is an error of the caller's own `fetch`.
  const trustFetchErrors = faults.every(({ kind }) => kind !== 'own fetch fails');
  let timedOut = false;
  const onEvent = (event: ClientEvent) => {
    if (event.operationId !== operationId) return;
    timedOut ||= 'error' in event && event.error === 'TimeoutError';
    if (event.type === 'attempt') times.push(performance.now());
    if (event.type === 'retry' && abort === 'before the next attempt') controller.abort();
  };

  // Without a response, the row lasts as long as the time limit; other rows never reach it, even on a busy machine.
  const timeoutMs = faults.some(isSilent) ? 5000 : 240_000;
  const partner = provider.client({ fetch, trustFetchErrors, onEvent, timeoutMs, retry: limits ?? {} });
  const method = partner[operationId] as PartnerOperations['createMerchant'];
  const input = (call === 'read' ? pull : merchant) as typeof merchant;
  const error: unknown = await method(input, { signal: controller.signal }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    attempts: times.length,
    arrivals: provider.count(operationId),
    ends: endOf(error),
    retryAfterMs: (error as { retryAfterMs?: number } | undefined)?.retryAfterMs,
    delayMs: (times[1] ?? Number.NaN) - (times[0] ?? 0),
    timedOut: timedOut || (error instanceof OutcomeUnknownError && error.reason === 'timeout'),
    error,
  };
}

/** Whether only the time limit ends an attempt with this fault. */
function isSilent({ kind }: Fault): boolean {
  return kind === 'no response';
}

function endOf(error: unknown): Course['ends'] {
  if (error === undefined) return 'success';
  if (error instanceof OutcomeUnknownError) return 'unknown';
  if (error instanceof AbortedError) return 'aborted';
  if (error instanceof PartnerError) return 'failure';
  throw error;
}

describe.concurrent('the retry table', () => {
  test.each(retryRows)('$name', async (row) => {
    const { error, delayMs, retryAfterMs, timedOut, ...course } = await run(row);
    const unsent = row.faults.slice(0, row.attempts).filter((fault) => !arrives(fault));
    const { attempts, ends } = row;
    expect(course).toEqual({ attempts, arrivals: attempts - unsent.length, ends });
    if (!row.faults.some(isSilent)) expect(timedOut).toBe(false);
    if (row.minDelayMs !== undefined)
      expect(delayMs).toBeGreaterThanOrEqual(row.minDelayMs - timerToleranceMs);
    if (row.retryAfterMs !== undefined) expect(retryAfterMs).toBe(row.retryAfterMs);
    if (error instanceof PartnerError) expect(error.attempts).toBe(Math.max(1, row.attempts));
  });
});

test('every row of the retry table has its own name', () => {
  expect(new Set(retryRows.map(({ name }) => name)).size).toBe(retryRows.length);
});
