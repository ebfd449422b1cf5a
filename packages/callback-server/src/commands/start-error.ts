import { failureCause } from '../dispatch/failure-cause.ts';
import { RouteOptionsError } from '../dispatch/route-options-error.ts';
import { EmailClientMissingError } from '../notify/email-client.ts';
import { PostgresConnectionError } from '../store/postgres/connection-error.ts';

/**
 * Turns an error of the routes, of the notifications or of the database into an error that names the setting to change. The
 * new error shows no part of a database URL.
 */
export function startError(error: unknown): Error {
  const message = error instanceof Error ? error.message : 'cannot be opened.';
  if (error instanceof RouteOptionsError) return new Error(`ROUTES_FILE: ${message}`, { cause: error });
  if (error instanceof EmailClientMissingError)
    return new Error(`NOTIFY_EMAIL_URL: ${message}`, { cause: error });
  // This error names DATABASE_URL, says what to do, and quotes nothing of the URL.
  if (error instanceof PostgresConnectionError) return error;
  const cause = failureCause(error);
  // A driver's message may quote a part of the URL, and a part of a password if the URL is mistyped.
  const problem = cause.startsWith('failed') ? message : `the database cannot be reached: ${cause}.`;
  const setting = /master key|MASTER_KEYS|data keys/i.test(message) ? 'MASTER_KEYS' : 'DATABASE_URL';
  return new Error(problem.startsWith(setting) ? problem : `${setting}: ${problem}`, { cause: error });
}
