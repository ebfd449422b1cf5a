import { convertIPv4ToBinary, convertIPv6ToBinary } from 'hono/utils/ipaddr';

/** A block of addresses, such as `10.0.0.0/8` or `2001:db8::/32`. */
export interface AddressRange {
  readonly network: bigint;
  /** How many of an address's last bits may be anything. */
  readonly freeBits: bigint;
}

/** IPv4 is written within IPv6 like this, so one number of 128 bits serves for both. */
const ipv4Mapped = 0xffffn << 32n;

/** Reads one address, or a block in CIDR notation; nothing where it is neither. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = parseAddress(address);
  const width = address.includes(':') ? 128 : 32;
  const length = prefix === undefined ? width : Number(/^\d{1,3}$/.exec(prefix)?.[0]);
  if (bits === undefined || rest.length > 0 || !(length <= width)) return undefined;
  const freeBits = BigInt(width - length);
  return { network: bits >> freeBits, freeBits };
}

/** Whether an address lies in one of the ranges. What is no address lies in none. */
export function isWithin(ranges: readonly AddressRange[], address: string | undefined): boolean {
  const bits = address === undefined ? undefined : parseAddress(address);
  return bits !== undefined && ranges.some(({ network, freeBits }) => bits >> freeBits === network);
}

/** Whether it is an address, and not a name or what a sender may make up. */
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
