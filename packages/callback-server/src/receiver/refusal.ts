/** Why the receiver declines a callback. */
export const refusals = [
  /** The token is wrong, or the path is unknown: 404. */
  'token',
  /** The event in the path is unknown: 404. */
  'event',
  /** The callback header is missing or wrong: 401. */
  'header',
  /** The HTTP Basic credentials are missing or wrong: 401. */
  'basic',
  /** The sender's address is not allowed: 401. */
  'address',
  /** The method is not POST: 405. */
  'method',
  /** The content type is not JSON, or the body is encoded: 415. */
  'type',
  /** The request is no valid HTTP: 400. */
  'malformed',
  /** The sender was too slow: 408. */
  'timeout',
  /** The headers are too long: 431. */
  'headers',
  /** The body is too long: 413. */
  'length',
  /** The body ended early: 400. */
  'cut-off',
  /** Another part of the app has read the body, such as a body parser: 503. */
  'consumed',
  /** The server is stopping: 503. */
  'stopping',
  /** The disk has less free space than its reserve: 503. */
  'disk-full',
  /** Too many callbacks wait for a commit: 503. */
  'busy',
  /** The store failed, or did not respond in time: 503. */
  'store',
] as const;

export type Refusal = (typeof refusals)[number];
