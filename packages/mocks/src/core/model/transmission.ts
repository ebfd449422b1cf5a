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
 * How a response is sent: `whole`; `never`; `lost` or `reset`, if the connection is closed or reset first; with a
 * body that is cut in the middle (`cut`); a few bytes at a time (`drip`); or as a 204 with a body, which HTTP forbids
 * (`body-of-204`).
 */
export type TransmissionMode = 'whole' | 'never' | 'lost' | 'reset' | 'cut' | 'drip' | 'body-of-204';
