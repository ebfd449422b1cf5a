/**
 * The address of the sender: of the connection or, behind your proxies, the address that the outermost of them saw.
 *
 * Each proxy appends the address that called it to `X-Forwarded-For`. Earlier entries are only the sender's claim.
 *
 * @param proxyHops - Number of your proxies in front of the server.
 * @returns `undefined` if the request passed fewer proxies, so that no address can be trusted.
 */
export function clientAddress(
  connectedFrom: string | undefined,
  forwardedFor: string | undefined,
  proxyHops: number,
): string | undefined {
  const forwarded = forwardedFor ? forwardedFor.split(',') : [];
  const path = [...forwarded, connectedFrom ?? ''];
  return withoutPort(path.at(-1 - proxyHops)?.trim() ?? '') || undefined;
}

/** Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([\d.]+):\d+$/, '$1');
}
