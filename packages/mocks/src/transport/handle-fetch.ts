import type { ApiRequest } from '../core/model/command.ts';
import type { Transport } from '../core/model/transport.ts';
import { readRequest } from './read-request.ts';
import type { SandboxResponse } from './sandbox-response.ts';

/** The connection ended without an handle, because a fault would have it so. */
export class ConnectionLost extends TypeError {
  override readonly name = 'TypeError'; // As `fetch` rejects, so that a caller cannot tell it from a real one.
}

/** Answers a `Request` by a `Response`, in the mode that the response asks for. */
export async function handleFetch(
  handle: (request: ApiRequest) => SandboxResponse,
  request: Request,
  transport: Transport,
): Promise<Response> {
  const response = handle(await readRequest(request, transport));
  if (response.delayMs > 0) await pause(response.delayMs, request.signal);
  if (response.mode === 'never')
    return await new Promise<never>((_, reject) => onAbort(request.signal, reject));
  if (response.mode !== 'whole') throw new ConnectionLost('fetch failed');
  return new Response(response.body, { status: response.status, headers: response.headers });
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
