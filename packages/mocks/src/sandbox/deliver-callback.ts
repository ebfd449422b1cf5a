import type { Attempt, QueuedCallback } from '../core/model/queued-callback.ts';
import { forbiddenTarget } from './callback-target.ts';
import { type Message, sendByFetch } from './send-by-fetch.ts';
import { sendInThread } from './send-in-thread.ts';

const send = sendInThread ?? sendByFetch;
const timeoutMs = 10_000;
const maxBytes = 64 * 1024;

/** Posts a callback once. The request follows no redirect. The result leaves the URL out. */
export async function deliverCallback(
  callback: QueuedCallback,
  allowedHosts: readonly string[],
  stop: AbortSignal | undefined,
): Promise<Omit<Attempt, 'at'>> {
  const { url, payload, text, redirected } = callback;
  const problem = forbiddenTarget(url, allowedHosts);
  if (problem) return { problem };
  const init = { ...requestOf(callback), ...(!redirected && { body: text ?? JSON.stringify(payload) }) };
  const { status, isTimeout, code } = await send({ url, init, timeoutMs, maxBytes }, stop);
  if (status !== undefined) return { status };
  if (isTimeout) return { problem: 'No response within 10 seconds.' };
  return { problem: `The connection failed${code === undefined ? '' : ` (${code})`}.` };
}

/** The method and the headers that a callback is posted with. */
export function requestOf({ redirected }: QueuedCallback): Pick<Message['init'], 'method' | 'headers'> {
  if (redirected) return { method: 'GET', headers: {} };
  return { method: 'POST', headers: { 'content-type': 'application/json' } };
}
