/** Returns why a callback must not be posted to a URL. Only this machine and the listed hosts are allowed. */
export function forbiddenTarget(url: string, allowedHosts: readonly string[]): string | undefined {
  if (!URL.canParse(url)) return 'The registered URL is invalid.';
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'The registered URL is not http or https.';
  if (username || password) return 'The registered URL contains credentials, which callbacks do not support.';
  if (isLoopback(hostname) || allowedHosts.includes(hostname)) return undefined;
  return 'The registered URL is not on this machine. Add its host to allowedCallbackHosts.';
}

/** Whether a URL's `hostname` (an IPv6 address is in brackets) can only address this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Removes the path of a URL, because partners put secrets there. */
export function maskTarget(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}/…` : '…';
}
