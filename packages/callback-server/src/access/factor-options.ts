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
   * Number of your proxies in front of the server. With proxies, the sender's address is the one that the outermost
   * proxy wrote to `X-Forwarded-For`. Without proxies, it is the address of the connection, and the header is ignored.
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
export function problemOfSecrets(secrets: readonly string[]): string | undefined {
  if (secrets.length > 0 && secrets.every((secret) => secret.length >= minSecretLength)) return undefined;
  return `must have at least one secret, each of ${minSecretLength} characters or more.`;
}

/** What is wrong with HTTP Basic credentials; `undefined` if they are acceptable. Never quotes them. */
export function problemOfCredentials(credentials: readonly string[]): string | undefined {
  const passwords = credentials.map((pair) => /^[^:]+:(.*)$/s.exec(pair)?.[1] ?? '');
  return (
    problemOfSecrets(passwords) &&
    `must be user:password, each password of ${minSecretLength} characters or more.`
  );
}
