import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopback } from '../sandbox/loopback.ts';
import { problem } from './problem.ts';

/** Why a request must not even see the page: it could come from a page that somebody merely looks at. */
export function refuseStranger({ headers, url }: Request): Response | undefined {
  // The address is made of the Host header, which tells a name that was bound to this machine by somebody else.
  const own = new URL(url);
  if (!isLoopback(own.hostname))
    return problem(403, 'The Host header must name this machine: use localhost or 127.0.0.1.');
  const origin = headers.get('origin') ?? own.origin;
  const site = headers.get('sec-fetch-site') ?? 'none';
  if (origin !== own.origin || !['none', 'same-origin'].includes(site))
    return problem(403, 'Pages of another origin have no business here.');
  return undefined;
}

/** Why a request that comes from this machine must not reach the control API. */
export function refuseUnauthorized({ headers, method }: Request, controlToken: string): Response | undefined {
  if (!isSame(headers.get('authorization') ?? '', `Bearer ${controlToken}`))
    return problem(401, 'Send the control token, printed at the start, as a bearer token.');
  const mediaType = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (method !== 'GET' && mediaType !== 'application/json') return problem(415, 'Send application/json.');
  return undefined;
}

/** Takes the same time whatever is wrong, the length included. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
