import type { ApiRequest } from '../core/model/command.ts';
import type { Transport } from '../core/model/transport.ts';
import { readRequest } from './read-request.ts';
import type { Reply } from './sandbox-response.ts';

/** The connection ended without an answer, because a fault would have it so. */
export class ConnectionLost extends TypeError {
  override readonly name = 'TypeError'; // As `fetch` rejects, so that a caller cannot tell it from a real one.
}

/** Answers a `Request` by a `Response`, in the manner that the reply asks for. */
export async function answerFetch(
  answer: (request: ApiRequest) => Reply,
  request: Request,
  transport: Transport,
): Promise<Response> {
  const reply = answer(await readRequest(request, transport));
  if (reply.delay > 0) await pause(reply.delay, request.signal);
  if (reply.manner === 'never')
    return await new Promise<never>((_, reject) => onAbort(request.signal, reject));
  if (reply.manner !== 'whole') throw new ConnectionLost('fetch failed');
  return new Response(reply.body, { status: reply.status, headers: reply.headers });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    onAbort(signal, (reason) => {
      clearTimeout(timer);
      reject(reason);
    });
  });
}

function onAbort(signal: AbortSignal, reject: (reason: unknown) => void): void {
  if (signal.aborted) reject(signal.reason);
  else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
}
