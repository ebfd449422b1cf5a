/** What a callback must show to be let in: all of these that are given. Each secret may be one of several, to rotate. */
export interface FactorOptions {
  /**
   * The tokens that may stand in a callback's URL, each of 16 characters or more. Take random ones, of 128 bits:
   * `openssl rand -hex 16`.
   */
  readonly callbackTokens: readonly string[];

  /** A header that every callback must carry, with one of these values, each of 16 characters or more. */
  readonly callbackHeader?: { readonly name: string; readonly values: readonly string[] };

  /** What HTTP Basic must give: `user:password`. A password has 16 characters or more, and may hold colons. */
  readonly basicCredentials?: readonly string[];

  /** The addresses that callbacks may come from: IPv4 or IPv6, single or in blocks such as `192.0.2.0/24`. */
  readonly allowedAddresses?: readonly string[];

  /**
   * How many proxies of yours stand in front. The sender's address is then the one that the outermost of them has
   * written to `X-Forwarded-For`; with none it is that of the connection, and the header is not looked at.
   * @default 0
   */
  readonly trustedProxyHops?: number;
}

const minSecretLength = 16;

/** What is wrong with the secrets of a factor; nothing where they can be relied on. Never quotes them. */
export function problemOfSecrets(secrets: readonly string[]): string | undefined {
  if (secrets.length > 0 && secrets.every((secret) => secret.length >= minSecretLength)) return undefined;
  return `must hold at least one secret, each of ${minSecretLength} characters or more.`;
}

/** What is wrong with credentials for HTTP Basic; nothing where they can be relied on. Never quotes them. */
export function problemOfCredentials(credentials: readonly string[]): string | undefined {
  const passwords = credentials.map((pair) => /^[^:]+:(.*)$/s.exec(pair)?.[1] ?? '');
  return problemOfSecrets(passwords) && 'must hold user:password, each password of 16 characters or more.';
}
