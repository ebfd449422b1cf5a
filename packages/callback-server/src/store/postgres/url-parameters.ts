const supported = [
  'host',
  'port',
  'user',
  'password',
  'dbname',
  'application_name',
  'connect_timeout',
  'statement_timeout',
  'options',
  'target_session_attrs',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
];

/** Unsupported parameters, and what to give instead. */
const advice = new Map([
  ['ssl', 'Use sslmode.'],
  ['search_path', 'Use options=-c%20search_path%3D and the name of the schema.'],
  ['schema', 'Use options=-c%20search_path%3D and the name of the schema.'],
  ['currentSchema', 'Use options=-c%20search_path%3D and the name of the schema.'],
  ['lock_timeout', 'Use options=-c%20lock_timeout%3D and milliseconds.'],
  ['channel_binding', 'Use sslmode=verify-full, which proves the identity of the server.'],
  ['hostaddr', 'Use host.'],
  ['load_balance_hosts', 'Name one host: the primary.'],
]);

/** More names that libpq and other clients know. They can be quoted: any other name could be part of a password. */
const otherNames = new Set(
  `query_timeout idle_in_transaction_session_timeout client_encoding encoding replication keepalives keepalives_idle
  keepalives_interval keepalives_count tcp_user_timeout sslnegotiation sslcompression sslpassword sslcertmode sslcrl
  sslcrldir sslsni requirepeer ssl_min_protocol_version ssl_max_protocol_version min_protocol_version
  max_protocol_version gssencmode gsslib gssdelegation krbsrvname service passfile require_auth
  fallback_application_name uselibpqcompat db pgbouncer connection_limit pool_timeout max min`.split(/\s+/),
);

export const mustEncode =
  'must percent-encode special characters: @ is %40, : is %3A, / is %2F, ? is %3F, # is %23, % is %25, a space is %20. Passwords often have them.';

/**
 * Parses the parameters of a database URL.
 *
 * @throws Error for a parameter that would have no effect, naming it if its name cannot be part of a password.
 */
export function parseParameters(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of query.split('&').filter((each) => each !== '')) {
    const [name = '', text] = splitAt(part, '=');
    if (!supported.includes(name)) throw new Error(problemOfName(name));
    if (!text)
      throw new Error(`has no value for the parameter ${name}. Give a value, or remove the parameter.`);
    if (parameters.has(name)) throw new Error(`has the parameter ${name} twice. Remove one of them.`);
    parameters.set(name, decodePart(text));
  }
  return parameters;
}

function problemOfName(name: string): string {
  const known = advice.get(name) ?? (otherNames.has(name) ? 'Remove it.' : undefined);
  return known
    ? `has the parameter ${name}, which is not supported. ${known}`
    : `has an unknown parameter. Supported are ${supported.join(', ')}.`;
}

/** Splits a text at the first separator. */
export function splitAt(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)];
}

/** @throws Error if a part of a URL is not percent-encoded UTF-8. */
export function decodePart(text: string): string {
  try {
    const decoded = decodeURIComponent(text);
    if (!decoded.includes('\0')) return decoded;
  } catch {}
  throw new Error(mustEncode);
}
