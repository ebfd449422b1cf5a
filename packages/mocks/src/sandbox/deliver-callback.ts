import type { Attempt, QueuedCallback } from '../core/model/queued-callback.ts';
import { readBounded } from '../transport/read-bounded.ts';
import { forbiddenTarget } from './callback-target.ts';

const timeoutMs = 10_000;
const maxResponseBytes = 64 * 1024;

/** Posts a callback once. It follows no redirect, and its result contains no URL. */
export async function deliverCallback(
  callback: QueuedCallback,
  allowedHosts: readonly string[],
  stop: AbortSignal | undefined,
): Promise<Omit<Attempt, 'at'>> {
  const problem = forbiddenTarget(callback.url, allowedHosts);
  if (problem) return { problem };
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(callback.url, {
      ...messageOf(callback),
      redirect: 'manual',
      signal: stop ? AbortSignal.any([stop, timeout]) : timeout,
    });
    await readBounded(response.body, maxResponseBytes);
    return { status: response.status };
  } catch (error) {
    return { problem: timeout.aborted ? 'No response within 10 seconds.' : connectionProblem(error) };
  }
}

/** The method and the headers that a callback is posted with. */
export function requestOf({ redirected }: QueuedCallback): Pick<CallbackRequest, 'method' | 'headers'> {
  if (redirected) return { method: 'GET', headers: {} };
  return { method: 'POST', headers: { 'content-type': 'application/json' } };
}

interface CallbackRequest {
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

function messageOf(callback: QueuedCallback): CallbackRequest {
  const { payload, text, redirected } = callback;
  return { ...requestOf(callback), ...(!redirected && { body: text ?? JSON.stringify(payload) }) };
}

/** Reports only the code: the message of a fetch error can contain the URL. */
function connectionProblem(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
  return `The connection failed${code}.`;
}
