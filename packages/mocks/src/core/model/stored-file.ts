/** A file in the store, its bytes in base64. */
export interface StoredFile {
  /** Part of its address; whoever knows the address can fetch the file. */
  readonly name: string;
  readonly mediaType: string;
  readonly base64: string;
  /** What a download must then bring along. */
  readonly key?: string;
  /** Epoch milliseconds, or none: it is kept for good. */
  readonly expiresAt?: number;
}
