import { sqlstateOf } from './sqlstate-of.ts';

/** PostgreSQL cannot be reached, or refuses the connection. Quotes nothing of the URL: a driver's message may do so. */
export class PostgresConnectionError extends Error {
  override readonly name = 'PostgresConnectionError';
  /** The code of the system, of TLS or of PostgreSQL. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

const sentences: readonly [pattern: RegExp, sentence: string][] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'DNS does not know the host in DATABASE_URL. Check the host.'],
  [
    /^(ECONNREFUSED|ENOENT|EACCES)$/,
    'Nothing accepts connections at the host and port in DATABASE_URL. Check both, and that PostgreSQL runs.',
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/,
    'The host in DATABASE_URL cannot be reached. Check the host and the network.',
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'The certificate of PostgreSQL names another host than DATABASE_URL. Correct the host, or use sslmode=verify-ca.',
  ],
  [
    /CERT|SIGNATURE|ISSUER/,
    'The certificate of PostgreSQL at DATABASE_URL is not trusted. Name the file of its certificate authority in sslrootcert.',
  ],
  [
    /^(EPROTO|ERR_SSL|ERR_OSSL)/,
    'TLS with PostgreSQL at DATABASE_URL failed. Check the certificates and the port.',
  ],
  [
    /^28P01$/,
    'PostgreSQL refuses the user or the password in DATABASE_URL. Check both, and percent-encode them.',
  ],
  [
    /^28/,
    'PostgreSQL does not admit the user in DATABASE_URL from this machine. Check the user, sslmode and pg_hba.conf.',
  ],
  [/^3D000$/, 'The database in DATABASE_URL does not exist. Create it, or correct its name.'],
  [/^42501$/, 'The user in DATABASE_URL may not connect to its database. Grant CONNECT to the user.'],
  [/^53300$/, 'PostgreSQL at DATABASE_URL has no free connection. Raise its max_connections.'],
  [/^57P0/, 'PostgreSQL at DATABASE_URL is starting or stopping. Start again when PostgreSQL is up.'],
  [/^08P01$/, 'A pooler at DATABASE_URL refuses settings of the session. Name PostgreSQL itself.'],
  [/^(22|42)/, 'PostgreSQL refuses a setting in the options of DATABASE_URL. Correct its name or its value.'],
];

/** Describes a failed attempt to connect, from the error of the driver. */
export function connectionError(error: unknown, timeoutMs: number): PostgresConnectionError {
  if (error instanceof PostgresConnectionError) return error;
  const { message, code } = describe(error);
  const [, sentence] = sentences.find(([pattern]) => pattern.test(code ?? '')) ?? [];
  return new PostgresConnectionError(sentence ?? sentenceOf(message, timeoutMs, code), code);
}

/**
 * Describes an error of the statements that a start runs.
 *
 * @param timeoutMs - How long the client waits for a statement.
 */
export function startError(error: unknown, timeoutMs: number): unknown {
  if (isConnectionFailure(error)) return connectionError(error, timeoutMs);
  if (sqlstateOf(error) !== queryCanceled) return error;
  return new PostgresConnectionError(
    'PostgreSQL at DATABASE_URL did not finish a statement within its statement_timeout. End the session that holds a lock, which pg_locks shows, or raise statement_timeout.',
    queryCanceled,
  );
}

const queryCanceled = '57014';

/** Whether an error of a query means that the connection is lost, or that PostgreSQL has stopped to respond. */
function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isSystemError = 'syscall' in error;
  return isSystemError || /^(Query read timeout|Connection terminated|timeout exceeded)/.test(error.message);
}

function describe(error: unknown): { message: string; code: string | undefined } {
  if (!(error instanceof Error)) return { message: '', code: undefined };
  return { message: error.message, code: 'code' in error ? String(error.code) : undefined };
}

function sentenceOf(message: string, timeoutMs: number, code = 'no code'): string {
  if (/timeout/i.test(message))
    return `PostgreSQL at DATABASE_URL did not respond within ${timeoutMs / 1000} s. Check the host, the port and the network, and that PostgreSQL is not paused.`;
  if (/does not support SSL/.test(message))
    return 'PostgreSQL at DATABASE_URL does not offer TLS, which sslmode requires. Enable TLS there, or use sslmode=disable.';
  if (/password must be/.test(message))
    return 'PostgreSQL requires a password, which DATABASE_URL does not have. Add the password.';
  if (/^SASL|SCRAM/.test(message))
    return 'PostgreSQL at DATABASE_URL could not prove that it knows the password. Check the host and the password.';
  return `PostgreSQL at DATABASE_URL closed the connection (${code}). Check the host and the port, and the log of PostgreSQL.`;
}
