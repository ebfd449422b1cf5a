import type { Operation } from '@partner-ecosystem/openapi/operations';
import { ConnectionError } from './errors/connection-error.ts';
import { TimeoutError } from './errors/timeout-error.ts';
import { untilAborted } from './until-aborted.ts';

/** What sends a request; `globalThis.fetch` fits. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * One try at a request, with a time limit of its own that covers the answer's body as well.
 *
 * @throws TimeoutError, ConnectionError
 */
export async function attempt(
  fetch: Fetch,
  { operationId }: Operation,
  request: Request,
  token: string | undefined,
  timeoutMs: number,
): Promise<Response> {
  const timeout = new AbortController();
  const signal = AbortSignal.any([request.signal, timeout.signal]);
  const prepared = prepare(request, token, signal);
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  try {
    return await untilAborted(signal, async () => withWholeBody(await fetch(prepared)));
  } catch (error) {
    if (timeout.signal.aborted) throw new TimeoutError(operationId, timeoutMs);
    throw new ConnectionError(operationId, networkCode(error));
  } finally {
    clearTimeout(timer);
  }
}

function prepare(request: Request, token: string | undefined, signal: AbortSignal): Request {
  const headers = new Headers(request.headers);
  headers.set('Accept', 'application/json');
  if (token === undefined) headers.delete('Authorization');
  else headers.set('Authorization', token);
  // A redirect is not followed: it could carry a person's data to another host.
  return new Request(request, { headers, signal, redirect: 'manual' });
}

const WITHOUT_BODY = new Set([204, 205, 304]);

async function withWholeBody(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const body = await response.arrayBuffer();
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, statusText, headers });
}

/** The word of the network for what went wrong. The error itself may quote the request, so nothing else of it is kept. */
function networkCode(error: unknown): string | undefined {
  for (const fault of [error, error instanceof Error ? error.cause : undefined]) {
    const code: unknown = fault instanceof Error && 'code' in fault ? fault.code : undefined;
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code)) return code;
  }
  return undefined;
}
