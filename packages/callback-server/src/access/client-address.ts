import { isWithin, parseAddressRange } from './address-range.ts';
import type { FactorOptions } from './factor-options.ts';

/** Loopback, link-local and private addresses, where proxies usually are. */
const privateAddresses = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1',
  'fe80::/10',
  'fc00::/7',
];

/**
 * Creates a function that finds the sender's address: the address of the connection or, behind your proxies, the address
 * that the outermost proxy saw.
 *
 * Each proxy appends the address that called it to `X-Forwarded-For`. Earlier entries are only the sender's claim. If the
 * connection is not from a trusted proxy, the whole header is only the sender's claim.
 *
 * The function returns `undefined` if the request passed too few proxies, so that no address can be trusted.
 */
export function createClientAddress(options: FactorOptions) {
  const { trustedProxyHops = 0, trustedProxies = privateAddresses } = options;
  const trusted = trustedProxies.map(parseAddressRange);
  return (connectedFrom: string | undefined, forwardedFor: string | undefined): string | undefined => {
    const isProxy = connectedFrom === undefined || isWithin(trusted, connectedFrom);
    const forwarded = forwardedFor ? forwardedFor.split(',') : [];
    const path = [...forwarded, connectedFrom ?? ''];
    return withoutPort(path.at(isProxy ? -1 - trustedProxyHops : -1)?.trim() ?? '') || undefined;
  };
}

/** Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([\d.]+):\d+$/, '$1');
}
