import { currentValue } from './current-value.ts';
import { ApiError } from './errors/api-error.ts';
import { LoginError } from './errors/login-error.ts';
import { UnreadableResponseError } from './errors/unreadable-response-error.ts';
import { member } from './member.ts';
import type { Credentials, ValueOrFunction } from './partner-client-options.ts';
import { isToken } from './token-source.ts';

/** A token, and the moment on `performance.now()`'s clock from which it is no longer to be used. */
export interface Login {
  readonly token: string;
  readonly renewAt: number;
}

/**
 * Logs in once, with the credentials of the moment.
 *
 * @throws LoginError if the provider refuses. A fault of the provider's or of the network stays what it is.
 */
export async function logIn(
  credentials: ValueOrFunction<Credentials>,
  loginPartner: (credentials: Credentials) => Promise<unknown>,
): Promise<Login> {
  const given = await currentValue(credentials);
  // The token's life is counted from before the request, so that it is never thought longer than it is.
  const askedAt = performance.now();
  try {
    const answer: unknown = await loginPartner(given);
    const token = member(answer, 'id');
    if (!isToken(token)) throw new UnreadableResponseError('loginPartner', 200);
    return { token, renewAt: askedAt + usableMs(member(answer, 'ttl')) };
  } catch (error) {
    throw error instanceof ApiError && error.status < 500 ? new LoginError(error) : error;
  }
}

/** How long a token is used: to shortly before its end, or until it is refused where the end is not known. */
function usableMs(ttlSeconds: unknown): number {
  // LoopBack says -1 for a token without an end.
  if (typeof ttlSeconds !== 'number' || ttlSeconds < 0) return Number.POSITIVE_INFINITY;
  return ttlSeconds * 1000 - Math.min(60_000, ttlSeconds * 100);
}
