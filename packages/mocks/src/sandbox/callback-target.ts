import { isLoopback } from './loopback.ts';

/** Why a callback must not be posted to a URL: a sandbox reaches this machine, and else only the hosts it was given. */
export function refuseTarget(url: string, allowedHosts: readonly string[]): string | undefined {
  if (!URL.canParse(url)) return 'The registered URL is not a URL.';
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'The registered URL is not http or https.';
  if (username || password) return 'The registered URL holds credentials, which cannot be posted to.';
  if (isLoopback(hostname) || allowedHosts.includes(hostname)) return undefined;
  return 'The registered URL is not on this machine. List its host in allowedCallbackHosts.';
}

/** A URL without its path, where partners keep their secret. */
export function maskTarget(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}/…` : '…';
}
