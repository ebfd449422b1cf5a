import { isAddress } from '../access/address-range.ts';

/** Who sent a callback, as far as it is known. */
export interface Sender {
  /** The address of the connection or, behind your proxies, the address that the outermost proxy saw. */
  readonly address: string | null;
  /** The first 200 characters of the `User-Agent` header. Only the sender's claim. */
  readonly userAgent: string | null;
}

const maxCharacters = 200;

/** Describes a sender for its receipt. Long values are cut, and a text that is no address is dropped. */
export function describeSender(address: string | undefined, userAgent: string | undefined): Sender {
  return {
    address: address !== undefined && isAddress(address) ? address.slice(0, maxCharacters) : null,
    userAgent: userAgent?.slice(0, maxCharacters) || null,
  };
}
