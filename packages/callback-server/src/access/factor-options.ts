/** What a callback must present. Every given factor must pass. A secret can have several values, so that it can rotate. */
export interface FactorOptions {
  /**
   * The tokens that a callback's URL may contain, each of 16 characters or more. Use random tokens of 128 bits:
   * `openssl rand -hex 16`.
   */
  readonly callbackTokens: readonly string[];

  /** A header that every callback must carry, with one of these values, each of 16 characters or more. */
  readonly callbackHeader?: { readonly name: string; readonly values: readonly string[] };

  /** HTTP Basic credentials as `user:password`. A password has 16 characters or more, and may contain colons. */
  readonly basicCredentials?: readonly string[];

  /** Addresses that callbacks may come from: IPv4 or IPv6, single or in blocks such as `192.0.2.0/24`. */
  readonly allowedAddresses?: readonly string[];

  /**
   * Number of your proxies in front of the server. With proxies, the sender's address is the address that the
   * outermost proxy wrote to `X-Forwarded-For`. Without proxies, the sender's address is the address of the
   * connection, and the header is ignored.
   * @default 0
   */
  readonly trustedProxyHops?: number;

  /**
   * Addresses and blocks of the proxies that connect to the server. If a connection comes from another address,
   * `X-Forwarded-For` is ignored, and the sender's address is the address of the connection.
   * @default loopback, link-local and private addresses
   */
  readonly trustedProxies?: readonly string[];
}

const minSecretLength = 16;

/** What is wrong with the secrets of a factor; `undefined` if they are acceptable. Never quotes a secret. */
function problemOfSecrets(secrets: readonly string[]): string | undefined {
  if (secrets.length > 0 && secrets.every((secret) => secret.length >= minSecretLength)) return undefined;
  return `must have at least one secret, each of ${minSecretLength} characters or more: openssl rand -hex 16.`;
}

/** What is wrong with a list that has a secret twice: a rotation would change nothing. */
function problemOfRepeats(secrets: readonly string[]): string | undefined {
  return new Set(secrets).size < secrets.length ? 'must have each secret only once.' : undefined;
}

/** What is wrong with HTTP Basic credentials; `undefined` if they are acceptable. Never quotes them. */
export function problemOfCredentials(credentials: readonly string[]): string | undefined {
  const passwords = credentials.map((pair) => /^[^:]+:(.*)$/s.exec(pair)?.[1] ?? '');
  return problemOfSecrets(passwords)
    ? `must be user:password, each password of ${minSecretLength} characters or more.`
    : problemOfRepeats(credentials);
}

/** What is wrong with tokens of the callback URL; `undefined` if they are acceptable. Never quotes a token. */
export function problemOfTokens(tokens: readonly string[]): string | undefined {
  const isPlain = tokens.every((token) => /^[\w~.-]+$/.test(token));
  return (
    problemOfSecrets(tokens) ??
    problemOfRepeats(tokens) ??
    (isPlain ? undefined : 'must have only letters, digits and - . _ ~ in each token.')
  );
}

/** What is wrong with tokens that are sent as `Authorization: Bearer`; `undefined` if they are acceptable. */
export function problemOfBearerTokens(tokens: readonly string[]): string | undefined {
  const isPlain = tokens.every((token) => /^[!-~]+$/.test(token));
  return (
    problemOfSecrets(tokens) ??
    problemOfRepeats(tokens) ??
    (isPlain ? undefined : 'must have only printable ASCII without spaces.')
  );
}

/** Headers that describe or frame a request, so that their values cannot be secrets. */
const commonHeaders =
  /^(content-.*|transfer-encoding|host|connection|keep-alive|upgrade|te|trailer|expect)$/i;

/** What is wrong with a required header; `undefined` if it is acceptable. Never quotes a value. */
export function problemOfHeader(header: NonNullable<FactorOptions['callbackHeader']>): string | undefined {
  const { name, values } = header;
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return 'must be the name of a header, with its values.';
  if (commonHeaders.test(name)) return 'must be a header without another purpose, such as X-Api-Key.';
  // Headers lose the spaces around their values, and other characters arrive changed.
  const isPlain = values.every((value) => /^[!-~]([ -~]*[!-~])?$/.test(value));
  return (
    problemOfSecrets(values) ??
    problemOfRepeats(values) ??
    (isPlain ? undefined : 'must have only printable ASCII in each value.')
  );
}

/** What is wrong with the factors together; `undefined` if one request can pass them all. */
export function problemOfFactors({
  callbackHeader,
  basicCredentials,
}: Pick<FactorOptions, 'callbackHeader' | 'basicCredentials'>): string | undefined {
  return basicCredentials && callbackHeader?.name.toLowerCase() === 'authorization'
    ? 'must be another header than Authorization, which carries the HTTP Basic credentials.'
    : undefined;
}
