import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopback } from '../loopback.ts';
import { problem } from './problem.ts';

/** Why a request must not reach the control API: it could come from a page that somebody merely looks at. */
export function guard({ headers, method, url }: Request, controlToken: string): Response | undefined {
  // The address is made of the Host header, which tells a name that was bound to this machine by somebody else.
  const own = new URL(url);
  if (!isLoopback(own.hostname))
    return problem(403, 'Forbidden', 'The Host header must name this machine: use localhost or 127.0.0.1.');
  const origin = headers.get('origin') ?? own.origin;
  const site = headers.get('sec-fetch-site') ?? 'none';
  if (origin !== own.origin || !['none', 'same-origin'].includes(site))
    return problem(403, 'Forbidden', 'Pages of another origin have no business here.');
  if (!isSame(headers.get('authorization') ?? '', `Bearer ${controlToken}`))
    return problem(401, 'Unauthorized', 'Send the control token, printed at the start, as a bearer token.');
  const mediaType = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (method !== 'GET' && mediaType !== 'application/json')
    return problem(415, 'Unsupported Media Type', 'Send application/json.');
  return undefined;
}

/** Takes the same time whatever is wrong, the length included. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
