import { createIdentity } from '@partner-ecosystem/testing/create-identity';
import { closedUrl } from '../support/provider.ts';
import { never, type ScriptedResponse } from '../support/scripted-provider.ts';
import { startUntrusted } from '../support/sockets.ts';
import type { Fault, RetryAfter } from './retry-row.ts';

/** Response of a server to an attempt without a fault. The body satisfies a create and a pull. */
export const succeeded: ScriptedResponse = { body: { id: 'created', result: {} } };

/** Response of a server to an attempt with this fault. */
export function respondTo(fault: Fault): ScriptedResponse | Promise<ScriptedResponse> {
  if (fault.kind === 'hang-up before headers') return { hangUp: 'before headers' };
  if (fault.kind === 'hang-up within body') return { hangUp: 'within body' };
  if (fault.kind === 'own fetch fails') return succeeded;
  if (fault.kind !== 'status') return never();
  const { status, retryAfter, body = { error: { statusCode: status, message: 'Refused.' } } } = fault;
  return {
    status,
    body,
    ...(retryAfter !== undefined && { headers: { 'Retry-After': headerOf(retryAfter) } }),
  };
}

/** Starts what the faults need besides the server. */
export async function startFaults(): Promise<Faults> {
  const untrusted = await startUntrusted(createIdentity());
  return {
    async send(fault, request) {
      const url = fault && wrongUrl(fault, request.url, untrusted.host);
      const response = await fetch(url ? new Request(url, request) : request);
      if (fault?.kind !== 'own fetch fails') return response;
      await response.arrayBuffer();
      return fetch(closedUrl);
    },
    [Symbol.asyncDispose]: () => untrusted[Symbol.asyncDispose](),
  };
}

export interface Faults extends AsyncDisposable {
  /** Sends a request as the fault demands. Fails like the `fetch` of the runtime. */
  send(fault: Fault | undefined, request: Request): Promise<Response>;
}

/** URL that keeps a request from arriving. */
function wrongUrl({ kind }: Fault, url: string, untrusted: string): string | undefined {
  if (kind === 'connection refused') return closedUrl;
  if (kind === 'name not found') return 'http://nowhere.invalid';
  if (kind === 'untrusted certificate') return `https://${untrusted}`;
  return kind === 'no TLS' ? url.replace('http:', 'https:') : undefined;
}

function headerOf(retryAfter: RetryAfter): string {
  if (typeof retryAfter === 'string') return retryAfter;
  return new Date(Date.now() + retryAfter.dateInSeconds * 1000).toUTCString();
}
