import type { MiddlewareHandler } from 'hono';
import { isLoopback } from '../access/loopback.ts';
import { createSecretCheck } from '../access/secret-check.ts';

/**
 * Lets in the operator: whoever shows one of the tokens or, where there are none, whoever is on this machine.
 *
 * A page that the operator visits elsewhere must never be able to read this one, by its own name or by a rebound one.
 */
export function guardAdmin(tokens: readonly string[]): MiddlewareHandler {
  const isLive = createSecretCheck(tokens);
  return async (context, next) => {
    const { req } = context;
    if (req.header('sec-fetch-site') === 'cross-site' || isForeign(req.header('origin'), req.url))
      return context.json({ error: 'No other page may read this.' }, 403);
    if (tokens.length === 0 && !isLoopback(new URL(req.url).hostname))
      return context.json({ error: 'This is served to the machine it runs on only.' }, 403);
    if (tokens.length > 0 && !(await isLive(bearerToken(req.header('authorization')))))
      return context.json({ error: 'Show an admin token.' }, 401, { 'WWW-Authenticate': 'Bearer' });
    context.header('Cache-Control', 'no-store');
    return next();
  };
}

function isForeign(origin: string | undefined, ownUrl: string): boolean {
  if (origin === undefined) return false;
  const { hostname } = URL.canParse(origin) ? new URL(origin) : { hostname: '' };
  return !isLoopback(hostname) && origin !== new URL(ownUrl).origin;
}

function bearerToken(authorization: string | undefined): string {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
}
