/**
 * The address that a request came from: that of the connection, or the one that the outermost of our own proxies saw.
 *
 * Each proxy adds the address it was called from at the end of `X-Forwarded-For`. What stands before those that our
 * proxies have added is only what the sender says.
 *
 * @param proxyHops - How many proxies of ours stand in front.
 * @returns Nothing where there are fewer proxies than that, and so no address to be trusted.
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

/** Some proxies write the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([\d.]+):\d+$/, '$1');
}
