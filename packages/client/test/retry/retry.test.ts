import { afterAll, describe, expect, it } from 'vitest';
import {
  AbortedError,
  type ClientEvent,
  OutcomeUnknownError,
  PartnerError,
  type PartnerOperations,
} from '../../src/index.ts';
import { merchant, pull } from '../support/example-input.ts';
import { type Provider, startProvider } from '../support/provider.ts';
import { never, type ScriptedResponse } from '../support/scripted-provider.ts';
import { type Fault, type RetryAfter, type RetryRow, retryRows } from './retry-rows.ts';

const operationIds = { read: 'pullMerchant', write: 'createMerchant' } as const;

/** Enough for an attempt on a busy machine, and not too long to wait for where none is answered. */
const timeoutMs = 2500;

function headerOf(retryAfter: RetryAfter): string {
  if (typeof retryAfter === 'string') return retryAfter;
  return new Date(Date.now() + retryAfter.dateInSeconds * 1000).toUTCString();
}

function answerWith(fault: Fault): ScriptedResponse | Promise<ScriptedResponse> {
  if (fault.kind === 'hang-up before headers') return { hangUp: 'before headers' };
  if (fault.kind === 'hang-up within body') return { hangUp: 'within body' };
  if (fault.kind !== 'status') return never();
  const { status, body = {}, retryAfter } = fault;
  return {
    status,
    body,
    ...(retryAfter !== undefined && { headers: { 'Retry-After': headerOf(retryAfter) } }),
  };
}

/** Where a request goes that is not to arrive. Each of these fails by itself, as it would anywhere. */
function wrongAddress({ kind }: Fault, { url }: Provider, gone: Provider): string | undefined {
  if (kind === 'connection refused') return gone.url;
  if (kind === 'name not found') return 'http://nowhere.invalid';
  return kind === 'no TLS' ? url.replace('http:', 'https:') : undefined;
}

interface Course {
  readonly attempts: number;
  readonly ends: RetryRow['ends'];
  readonly retryAfterMs: number | undefined;
  readonly pauseMs: number;
  readonly error: unknown;
}

/** Makes the call of a row against a real server, and tells what came of it. */
async function run({ call, faults, abort, limits }: RetryRow): Promise<Course> {
  const operationId = operationIds[call];
  const controller = new AbortController();
  if (abort === 'before the call') controller.abort();
  const times: number[] = [];
  const fault = () => faults[times.length - 1];

  await using gone = await startProvider();
  await gone[Symbol.asyncDispose]();
  const meet = () => {
    if (abort === 'while an attempt is under way') controller.abort();
    const met = fault();
    return met ? answerWith(met) : { body: { id: 'created' } };
  };
  await using provider = await startProvider({ [operationId]: meet });
  const fetch = (request: Request) => {
    const address = isOwn(request) && fault() ? wrongAddress(fault() as Fault, provider, gone) : undefined;
    return globalThis.fetch(address ? new Request(address, request) : request);
  };
  const isOwn = ({ url }: Request) => url.includes(operationId);
  const onEvent = (event: ClientEvent) => {
    if (event.operationId !== operationId) return;
    if (event.type === 'attempt') times.push(performance.now());
    if (event.type === 'retry' && abort === 'in the pause before the next attempt') controller.abort();
  };

  const partner = provider.client({ fetch, onEvent, timeoutMs, retry: limits ?? {} });
  const method = partner[operationId] as PartnerOperations['createMerchant'];
  const input = (call === 'read' ? pull : merchant) as typeof merchant;
  const error: unknown = await method(input, { signal: controller.signal }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    attempts: times.length,
    ends: endOf(error),
    retryAfterMs: (error as { retryAfterMs?: number } | undefined)?.retryAfterMs,
    pauseMs: (times[1] ?? Number.NaN) - (times[0] ?? 0),
    error,
  };
}

function endOf(error: unknown): Course['ends'] {
  if (error === undefined) return 'success';
  if (error instanceof OutcomeUnknownError) return 'unknown';
  if (error instanceof AbortedError) return 'aborted';
  if (error instanceof PartnerError) return 'failure';
  throw error;
}

describe.concurrent('the retry table', { timeout: 60_000 }, () => {
  const lines: string[] = [];
  afterAll(() => {
    console.log(
      [...lines.sort(), `The retry table: ${lines.length} of ${retryRows.length} rows hold.`].join('\n'),
    );
  });

  it('has 48 rows or more, each of its own name', () => {
    expect(new Set(retryRows.map(({ name }) => name)).size).toBe(retryRows.length);
    expect(retryRows.length).toBeGreaterThanOrEqual(48);
  });

  it.each(retryRows)('$name', async (row) => {
    const course = await run(row);
    expect(course).toMatchObject({ attempts: row.attempts, ends: row.ends });
    if (row.pauseMs !== undefined) expect(course.pauseMs).toBeGreaterThanOrEqual(row.pauseMs);
    if (row.retryAfterMs !== undefined) expect(course.retryAfterMs).toBe(row.retryAfterMs);
    if (course.error instanceof PartnerError) expect(course.error.attempts).toBe(Math.max(1, row.attempts));
    lines.push(`${row.attempts} × → ${row.ends.padEnd(8)} ${row.name}`);
  });
});
