/** How an answer travels, where a fault would have it otherwise. */
export interface Transmission {
  /** In the place of the status that was answered. */
  readonly status?: number;
  /** In the place of the JSON. */
  readonly text?: string;
  /** In the place of `application/json`. */
  readonly mediaType?: string;
  readonly headers?: { readonly [name: string]: string };
  /** Milliseconds that the answer is held back. */
  readonly delayMs?: number;
  /** @default 'whole' */
  readonly mode?: TransmissionMode;
  readonly bytesPerSecond?: number;
}

/**
 * How an answer arrives: `whole`; `never`; not, because the connection is `lost` or `reset`; `cut` in the middle of
 * the body; by `drip`; or with a `body-of-204`, which HTTP does not have.
 */
export type TransmissionMode = 'whole' | 'never' | 'lost' | 'reset' | 'cut' | 'drip' | 'body-of-204';
