import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopback } from '../sandbox/callback-target.ts';
import { problem } from './problem.ts';

/**
 * Rejects requests that a web page of another origin could send.
 *
 * @param isLocal - Whether the control API listens on this machine only. Other machines know the server by other names.
 */
export function rejectForeignOrigin({ headers, url }: Request, isLocal: boolean): Response | undefined {
  // The URL contains the Host header. A foreign name in the URL is a sign of DNS rebinding.
  const own = new URL(url);
  if (isLocal && !isLoopback(own.hostname))
    return problem(403, 'The Host header must name this machine: use localhost or 127.0.0.1.');
  const origin = headers.get('origin') ?? own.origin;
  const site = headers.get('sec-fetch-site') ?? 'none';
  if (origin !== own.origin || !['none', 'same-origin'].includes(site))
    return problem(403, 'Requests from pages of another origin are not allowed.');
  return undefined;
}

/** Rejects requests without the control token, and writes without JSON. */
export function rejectUnauthorized({ headers, method }: Request, controlToken: string): Response | undefined {
  const [, token = ''] = /^bearer (.*)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (!isEqual(token, controlToken))
    return problem(401, 'Send the control token, which is printed at the start, as a bearer token.');
  const mediaType = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (!isRead(method) && mediaType !== 'application/json')
    return problem(415, 'Send the content type application/json.');
  return undefined;
}

/** A HEAD is a GET without the body of its response. */
export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Compares in constant time, regardless of the length. */
function isEqual(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
