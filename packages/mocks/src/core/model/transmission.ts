export const transports = ['in-process', 'msw', 'http'] as const;

/** How a request arrives: by a function call, through MSW, or over HTTP. Not every transport can express every fault. */
export type Transport = (typeof transports)[number];

/** How a fault changes the transmission of a response. */
export interface Transmission {
  /** Replaces the status of the response. */
  readonly status?: number;
  /** Replaces the JSON text. */
  readonly text?: string;
  /** Replaces `application/json`. */
  readonly mediaType?: string;
  readonly headers?: { readonly [name: string]: string };
  /** Milliseconds before the response is sent. */
  readonly delayMs?: number;
  /** @default 'whole' */
  readonly mode?: TransmissionMode;
  readonly bytesPerSecond?: number;
}

/**
 * How a response is sent. `whole`: completely. `never`: not at all. `lost`, `reset`: the connection is closed or reset
 * instead. `cut`: the connection is closed in the middle of the body. `drip`: a few bytes at a time. `body-of-204`: as a
 * 204 with a body, which HTTP forbids.
 */
export type TransmissionMode = 'whole' | 'never' | 'lost' | 'reset' | 'cut' | 'drip' | 'body-of-204';
