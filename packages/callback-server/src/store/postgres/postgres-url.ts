import { isIP } from 'node:net';
import type { ClientConfig } from 'pg';
import { tlsOptions } from './postgres-tls.ts';
import { assertSessionOptions } from './session-options.ts';
import { decodePart, mustEncode, parseParameters, splitAt } from './url-parameters.ts';

/** How to connect to a database. */
export interface PostgresAddress
  extends Pick<ClientConfig, 'user' | 'password' | 'host' | 'port' | 'database' | 'ssl' | 'options'> {
  readonly application_name: string | undefined;
  /** Milliseconds until PostgreSQL ends a statement. */
  readonly statement_timeout: number;
  readonly connectionTimeoutMillis: number;
}

/** User and password, host and port, database, parameters. None has a raw `@`, `#` or `?`, which would end it early. */
const parts = /^postgres(?:ql)?:\/\/(?:([^@/?#\s\\]*)@)?([^@/?#\s\\]*)(?:\/([^@/?#\\]*))?(?:\?([^@#?]*))?$/;

const severalHosts =
  'names several hosts. Name one: the address that always leads to the primary, such as that of a proxy.';

/**
 * Parses a `postgres://` URL. Everything in it takes effect: nothing is ignored or weakened.
 *
 * @param defaultMode - The TLS mode of a URL without `sslmode`.
 * @throws Error that says what to change, without any part of the URL that could be secret.
 */
export function parsePostgresUrl(url: string, defaultMode = process.env['PGSSLMODE']): PostgresAddress {
  const [whole, userInfo = '', authority = '', path = '', query = ''] = parts.exec(url) ?? [];
  if (whole === undefined) throw new Error(mustEncode);
  const parameters = parseParameters(query);
  const either = (name: string, text: string | undefined) => {
    if (text && parameters.has(name))
      throw new Error(`names the ${name} twice. Remove the parameter ${name}.`);
    return text ? decodePart(text) : parameters.get(name);
  };
  const wholeNumber = (name: string, range: readonly [number, number], text = parameters.get(name)) =>
    text === undefined ? undefined : numberIn(name, text, range);
  const [user, password] = splitAt(userInfo, ':');
  const [host, port] = splitHost(authority);
  const address = {
    user: either('user', user),
    password: either('password', password),
    host: either('host', host),
    port: wholeNumber('port', [1, 65_535], either('port', port)),
    database: either('dbname', path),
  };
  if (address.host?.includes(',')) throw new Error(severalHosts);
  assertPrimary(parameters.get('target_session_attrs'));
  const options = parameters.get('options');
  if (options !== undefined) assertSessionOptions(options);
  return {
    ...address,
    options,
    ssl: tlsOf(parameters, address.host?.startsWith('/') ?? false, defaultMode),
    application_name: parameters.get('application_name'),
    statement_timeout: wholeNumber('statement_timeout', [1000, 600_000]) ?? 10_000,
    connectionTimeoutMillis: 1000 * (wholeNumber('connect_timeout', [1, 60]) ?? 5),
  };
}

function tlsOf(parameters: ReadonlyMap<string, string>, isSocket: boolean, defaultMode: string | undefined) {
  const { sslmode, ...files } = Object.fromEntries(parameters);
  if (isSocket && sslmode !== undefined && sslmode !== 'disable')
    throw new Error('has an sslmode for a Unix socket, which never uses TLS. Remove sslmode.');
  if (sslmode !== undefined || isSocket || !defaultMode) return tlsOptions({ ...files, sslmode });
  try {
    return tlsOptions({ ...files, sslmode: defaultMode });
  } catch (error) {
    throw new Error(
      `has no sslmode. With the sslmode in PGSSLMODE, it ${error instanceof Error ? error.message : ''}`,
    );
  }
}

/** Every connection is checked: the server refuses a standby. */
function assertPrimary(attributes = 'read-write'): void {
  if (attributes !== 'read-write' && attributes !== 'primary')
    throw new Error(
      'must have target_session_attrs=read-write or primary, or leave it out, because the server writes.',
    );
}

function splitHost(authority: string): [host: string | undefined, port: string | undefined] {
  if (authority.includes(',')) throw new Error(severalHosts);
  const [, address, name, port] = /^(?:\[([^[\]]*)\]|([^:[\]]*))(?::(\d*))?$/.exec(authority) ?? [];
  if ((address === undefined && name === undefined) || (address !== undefined && isIP(address) !== 6))
    throw new Error('must have a host and a port, such as db.example:5432, and an IPv6 address in brackets.');
  return [address ?? name, port];
}

function numberIn(name: string, text: string, [min, max]: readonly [number, number]): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new Error(`must have a whole number from ${min} to ${max} as ${name}.`);
}
