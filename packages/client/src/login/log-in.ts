import { ApiError } from '../errors/api-error.ts';
import { LoginError } from '../errors/login-error.ts';
import { UnreadableResponseError } from '../errors/unreadable-response-error.ts';
import { getProperty, type HttpResult } from '../http/http-result.ts';
import { isTransient } from '../retry/retry-policy.ts';
import type { Credentials } from './credentials.ts';
import type { IssuedToken } from './token-lifetime.ts';
import { isToken } from './token-source.ts';

/**
 * Logs in once.
 *
 * @throws LoginError if the provider rejects the login. Other failures are thrown unchanged.
 */
export async function logIn(
  credentials: Credentials,
  loginPartner: (credentials: Credentials) => Promise<HttpResult>,
): Promise<IssuedToken> {
  const requestedAt = performance.now();
  try {
    const { body, status } = await loginPartner(credentials);
    const token = getProperty(body, 'id');
    if (isToken(token)) return { token, ttlSeconds: getProperty(body, 'ttl'), requestedAt };
    throw new UnreadableResponseError({ operationId: 'loginPartner', attempts: 1 }, status);
  } catch (error) {
    throw error instanceof ApiError && error.status < 500 && !isTransient(error)
      ? new LoginError(error)
      : error;
  }
}
