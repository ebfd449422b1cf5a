/** How a part of the contract is known. */
export interface Evidence {
  /** Written by the vendor, seen in real exchanges, or concluded from other facts. */
  readonly evidence: 'documented' | 'observed' | 'inferred';
  /** The source or the reason, in one line. */
  readonly basis: string;
}
