import type { Answer } from '../http/http-result.ts';
import { ApiError } from '../errors/api-error.ts';
import { LoginError } from '../errors/login-error.ts';
import { UnreadableResponseError } from '../errors/unreadable-response-error.ts';
import { member } from '../http/get-property.ts';
import type { Credentials } from '../options.ts';
import { isPassing } from '../retry/retry-policy.ts';
import { isToken } from './token-source.ts';

/** What a login brought. */
export interface IssuedToken {
  readonly token: string;
  /** As the provider gave it. */
  readonly ttlSeconds: unknown;
  /** On `performance.now()`'s clock, before the request: a token is never thought to live longer than it does. */
  readonly askedAt: number;
}

/**
 * Logs in once.
 *
 * @throws LoginError if the provider refuses. A fault of the provider's or of the network stays what it is.
 */
export async function logIn(
  credentials: Credentials,
  loginPartner: (credentials: Credentials) => Promise<Answer>,
): Promise<IssuedToken> {
  const askedAt = performance.now();
  try {
    const { body, status } = await loginPartner(credentials);
    const token = member(body, 'id');
    if (isToken(token)) return { token, ttlSeconds: member(body, 'ttl'), askedAt };
    throw new UnreadableResponseError({ operationId: 'loginPartner', attempts: 1 }, status);
  } catch (error) {
    throw error instanceof ApiError && error.status < 500 && !isPassing(error)
      ? new LoginError(error)
      : error;
  }
}
