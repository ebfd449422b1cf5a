import { convertIPv4ToBinary, convertIPv6ToBinary } from 'hono/utils/ipaddr';

/** A block of addresses, such as `10.0.0.0/8` or `2001:db8::/32`. */
interface AddressRange {
  readonly network: bigint;
  /** Number of low bits that the block leaves open. */
  readonly hostBits: bigint;
}

/** The IPv6 form of IPv4 addresses, so that one 128-bit number serves both. */
const ipv4Mapped = 0xffffn << 32n;

/** Parses an address or a block in CIDR notation; `undefined` if the text is neither. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = parseAddress(address);
  const width = address.includes(':') ? 128 : 32;
  const length = prefix === undefined ? width : Number(/^\d{1,3}$/.exec(prefix)?.[0]);
  if (bits === undefined || rest.length > 0 || !(length <= width)) return undefined;
  const hostBits = BigInt(width - length);
  return { network: bits >> hostBits, hostBits };
}

/** Whether an address lies in one of the ranges. Any other text lies in none. */
export function isWithin(ranges: readonly AddressRange[], address: string | undefined): boolean {
  const bits = address === undefined ? undefined : parseAddress(address);
  return bits !== undefined && ranges.some(({ network, hostBits }) => bits >> hostBits === network);
}

/** Whether a text is an address. It could also be a name, or a text that the sender made up. */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined;
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
