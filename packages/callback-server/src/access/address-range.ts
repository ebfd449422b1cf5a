import { convertIPv4ToBinary, convertIPv6ToBinary } from 'hono/utils/ipaddr';

/** A block of addresses, such as `10.0.0.0/8` or `2001:db8::/32`. */
interface AddressRange {
  readonly network: bigint;
  /** Number of low bits that the block leaves open. */
  readonly hostBits: bigint;
}

/** The IPv6 form of IPv4 addresses, so that one 128-bit number serves IPv4 and IPv6. */
const ipv4Mapped = 0xffffn << 32n;

const anyAddress = /^[\da-f:.]+$/i;

/**
 * Parses an address or a block in CIDR notation.
 *
 * @throws TypeError if the text is neither an address nor a block, or if the block's address has bits after its prefix.
 */
export function parseAddressRange(text: string): AddressRange {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = anyAddress.test(address) ? parseAddress(address) : undefined;
  const width = address.includes(':') ? 128 : 32;
  const length = prefix === undefined ? width : Number(/^(0|[1-9]\d{0,2})$/.exec(prefix)?.[0]);
  if (bits === undefined || rest.length > 0 || !(length <= width))
    throw new TypeError('must be IP addresses or blocks, such as 192.0.2.0/24, separated by commas.');
  const hostBits = BigInt(width - length);
  // The address or the prefix is a mistake. `::ffff:192.0.2.0/24` would be a block of IPv6.
  if ((bits >> hostBits) << hostBits !== bits)
    throw new TypeError(
      'must have blocks that begin with their first address: 192.0.2.0/24, and not 192.0.2.5/24 or ::ffff:192.0.2.0/24.',
    );
  return { network: bits >> hostBits, hostBits };
}

/** What is wrong with a list of addresses and blocks; `undefined` if they are acceptable. Never quotes them. */
export function problemOfAddresses(texts: readonly string[]): string | undefined {
  if (texts.length === 0) return 'must have at least one address or block.';
  try {
    texts.map(parseAddressRange);
    return undefined;
  } catch (error) {
    return (error as TypeError).message;
  }
}

/** Whether a text is an address in one of the ranges. A wide block of IPv6, such as `::/0`, contains no IPv4 address. */
export function isWithin(ranges: readonly AddressRange[], address: string | undefined): boolean {
  const bits = address === undefined ? undefined : parseAddress(address.replace(/%.*$/, ''));
  if (bits === undefined) return false;
  const maxHostBits = bits >> 32n === 0xffffn ? 32n : 128n;
  return ranges.some(({ network, hostBits }) => hostBits <= maxHostBits && bits >> hostBits === network);
}

/** Whether a text is an address, and not a name or another text that the sender made up. */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined;
}

/** The block of addresses that one sender can have: an IPv4 address, or the first 64 bits of an IPv6 address. */
export function senderBlock(address: string): string {
  const bits = parseAddress(address.replace(/%.*$/, ''));
  if (bits === undefined) return 'unknown';
  return (bits >> 32n === 0xffffn ? bits : bits >> 64n).toString(16);
}

function parseAddress(text: string): bigint | undefined {
  try {
    return text.includes(':') ? convertIPv6ToBinary(text) : ipv4Mapped | convertIPv4ToBinary(text);
  } catch {
    return undefined;
  }
}

/** Whether a host name or address is this machine's own, so that no other machine can reach it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
