import type { MiddlewareHandler } from 'hono';
import { isLoopback } from '../access/address-range.ts';
import { problemOfBearerTokens } from '../access/factor-options.ts';
import { isFromThisMachine, isOwnOrigin, isUrlOfThisMachine } from '../access/own-url.ts';
import { createSecretCheck } from '../access/secret-check.ts';

/** @throws TypeError if the admin API would be open to other machines, or if its tokens could be guessed. */
export function assertAdminAccess(host: string, tokens: readonly string[]): void {
  const problem = tokens.length > 0 ? problemOfBearerTokens(tokens) : undefined;
  if (problem) throw new TypeError(`adminTokens ${problem}`);
  if (tokens.length === 0 && !isLoopback(host))
    throw new TypeError('adminTokens is required, because other machines can reach adminHost.');
}

/**
 * Admits the operator: with tokens, requests that present one of them; without tokens, requests from this machine. If others
 * reach this port through a proxy, tokens are needed: not every proxy says that it forwards a request.
 *
 * Cross-origin browser requests are always refused, so that no page that the operator visits can read the admin API. The
 * host is checked too, because such a page could rebind its own name to this machine's address.
 */
export function guardAdmin(tokens: readonly string[], adminUrl?: string): MiddlewareHandler {
  const isLive = createSecretCheck(tokens);
  return async (context, next) => {
    const { req } = context;
    const origin = req.header('origin');
    const isForeign = origin !== undefined && !isOwnOrigin(origin, req.url, adminUrl);
    if (isForeign || req.header('sec-fetch-site') === 'cross-site')
      return context.json({ error: 'Cross-origin requests are refused.' }, 403);
    if (tokens.length === 0 && !isUrlOfThisMachine(adminUrl))
      return context.json({ error: 'Set ADMIN_TOKENS: others reach this port at ADMIN_URL.' }, 403);
    if (tokens.length === 0 && !isFromThisMachine(req.url, (name) => req.header(name)))
      return context.json({ error: 'Without ADMIN_TOKENS only this machine is served.' }, 403);
    if (tokens.length > 0 && !(await isLive(bearerToken(req.header('authorization')))))
      return context.json({ error: 'Send an admin token.' }, 401, { 'WWW-Authenticate': 'Bearer' });
    context.header('Cache-Control', 'no-store');
    return next();
  };
}

function bearerToken(authorization: string | undefined): string {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
}
