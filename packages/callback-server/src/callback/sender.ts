import { isAddress } from '../access/address-range.ts';

/** Who has posted a callback, as far as that can be told. */
export interface Sender {
  /** The address that it came from: of the connection or, behind proxies of ours, of what the outermost has seen. */
  readonly address: string | null;
  /** What the sender calls itself: no proof, and no more than its first 200 characters. */
  readonly userAgent: string | null;
}

const maxCharacters = 200;

/** What may be kept of a sender. What it says is cut short, and what is no address is none. */
export function describeSender(address: string | undefined, userAgent: string | undefined): Sender {
  return {
    address: address !== undefined && isAddress(address) ? address.slice(0, maxCharacters) : null,
    userAgent: userAgent?.slice(0, maxCharacters) || null,
  };
}
