import type { ApiRequest } from '../core/model/command.ts';
import type { Transport } from '../core/model/transmission.ts';
import { readRequest } from './read-request.ts';
import type { SandboxResponse } from './sandbox-response.ts';

/** A fault closed the connection without a response. */
export class ConnectionLost extends TypeError {
  override readonly name = 'TypeError'; // As `fetch` rejects: a caller cannot distinguish it from a real failure.
}

export async function handleFetch(
  handle: (request: ApiRequest) => SandboxResponse,
  request: Request,
  transport: Transport,
): Promise<Response> {
  const { signal } = request;
  const { status, headers, body, mode, delayMs } = handle(await readRequest(request, transport));
  if (delayMs > 0) await pause(delayMs, signal);
  if (mode === 'never') return await new Promise<never>((_, reject) => onAbort(signal, reject));
  if (mode !== 'whole') throw new ConnectionLost('fetch failed');
  return new Response(body, { status, headers });
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
