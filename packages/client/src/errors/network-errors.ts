import { type CallInfo, PartnerError } from './partner-error.ts';

/** Your signal ended the call. A call that fails with this error changed nothing. The signal's `reason` says why. */
export class AbortedError extends PartnerError {
  static override name = 'AbortedError';

  constructor(call: CallInfo) {
    super(call, 'was aborted.');
  }
}

/** The connection failed or broke before the response was complete. A call that fails with this error changed nothing. */
export class ConnectionError extends PartnerError {
  static override name = 'ConnectionError';

  /**
   * Error code of the network, such as `ECONNREFUSED`, or `bad port`, which `fetch` refuses. Only Node and Bun give a
   * code.
   */
  declare readonly code: string | undefined;
  /** Whether the runtime proved that no byte of the request was sent. */
  declare readonly neverSent: boolean;

  constructor(call: CallInfo, code: string | undefined, neverSent: boolean) {
    super(call, `got no complete response${code ? ` (${code})` : ''}.`, { code, neverSent });
  }
}

/**
 * The response was not complete within `timeoutMs`, or within a limit of your own `fetch`, or there was no token for the
 * request within `timeoutMs`. A call that fails with this error changed nothing.
 */
export class TimeoutError extends PartnerError {
  static override name = 'TimeoutError';

  /** Time limit of the attempt, in milliseconds. */
  declare readonly timeoutMs: number;

  constructor(call: CallInfo, timeoutMs: number) {
    super(call, `took more than ${timeoutMs} ms.`, { timeoutMs });
  }
}
