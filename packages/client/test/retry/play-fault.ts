import { closedUrl } from '../support/provider.ts';
import { never, type ScriptedResponse } from '../support/scripted-provider.ts';
import type { Fault, RetryAfter } from './retry-rows.ts';

/** Response of a server to an attempt with this fault. */
export function respondTo(fault: Fault): ScriptedResponse | Promise<ScriptedResponse> {
  if (fault.kind === 'hang-up before headers') return { hangUp: 'before headers' };
  if (fault.kind === 'hang-up within body') return { hangUp: 'within body' };
  if (fault.kind !== 'status') return never();
  const { status, retryAfter, body = { error: { statusCode: status, message: 'Refused.' } } } = fault;
  return {
    status,
    body,
    ...(retryAfter !== undefined && { headers: { 'Retry-After': headerOf(retryAfter) } }),
  };
}

/** URL that keeps a request from arriving, as the fault demands. */
export function wrongUrl(fault: Fault | undefined, url: string): string | undefined {
  if (fault?.kind === 'connection refused') return closedUrl;
  if (fault?.kind === 'name not found') return 'http://nowhere.invalid';
  return fault?.kind === 'no TLS' ? url.replace('http:', 'https:') : undefined;
}

function headerOf(retryAfter: RetryAfter): string {
  if (typeof retryAfter === 'string') return retryAfter;
  return new Date(Date.now() + retryAfter.dateInSeconds * 1000).toUTCString();
}
