import { isLoopback } from '../access/address-range.ts';

/** How e-mail is sent, and to whom. */
export interface EmailOptions {
  /**
   * URL of the SMTP server: `smtps://user:password@host`, with TLS from the start. `smtp://` requires STARTTLS, except on
   * this machine. Percent-encode special characters.
   */
  readonly url: string;

  /** Address of the sender. */
  readonly from: string;

  /** Addresses of the recipients. */
  readonly to: readonly string[];
}

/** What is wrong with the URL of an SMTP server; `undefined` if it is acceptable. Never quotes the URL. */
export function problemOfSmtpUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if ((url?.protocol !== 'smtps:' && url?.protocol !== 'smtp:') || url.hostname === '')
    return 'must be a URL such as smtps://user:password@host.';
  if (!/^\/?$/.test(url.pathname) || url.search || url.hash)
    return 'must have nothing after the host and its port.';
  if ((url.username === '') !== (url.password === ''))
    return 'must have both a user name and a password, or neither.';
  try {
    decodeURIComponent(url.username + url.password);
    return undefined;
  } catch {
    return 'must have a user name and a password that are percent-encoded.';
  }
}

/** What is wrong with an e-mail address; `undefined` if it is acceptable. Never quotes it. */
export function problemOfEmailAddress(text: string): string | undefined {
  return /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255}$/.test(text)
    ? undefined
    : 'must be an e-mail address, without a name.';
}

/** How to connect to the SMTP server of a URL. A URL cannot turn off the check of the certificate. */
export function smtpConnectionOf(text: string) {
  const { protocol, hostname, port, username, password } = new URL(text);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  return {
    host,
    ...(port && { port: Number(port) }),
    secure,
    ...(isLoopback(host) ? { ignoreTLS: true } : { requireTLS: true }),
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
}
