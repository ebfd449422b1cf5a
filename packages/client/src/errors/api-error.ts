import type { components } from '@partner-ecosystem/openapi/schema';
import { type CallInfo, PartnerError } from './partner-error.ts';

/** Error code of the provider, such as `LOGIN_FAILED`. Codes that the contract does not know are allowed. */
export type ErrorCode = components['schemas']['ErrorCode'];

/** A response that makes a call fail. */
export interface ErrorResponse extends CallInfo {
  readonly status: number;
  readonly code: ErrorCode | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * The provider responded, but not with a success. Every status that requires a different reaction has a subclass.
 */
export class ApiError extends PartnerError {
  static override name = 'ApiError';

  /** HTTP status. If the body contains a different status, trust this property. */
  declare readonly status: number;
  /** Error code of the provider. Often missing. */
  declare readonly code: ErrorCode | undefined;
  /** `X-Request-Id` or `X-Correlation-Id` of the response, for the provider's support. Often missing. */
  declare readonly requestId: string | undefined;
  /** Delay that the `Retry-After` header asks for, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;
  readonly #response: ErrorResponse;

  constructor(response: ErrorResponse, advice = '') {
    const { status, code, requestId, retryAfterMs } = response;
    super(response, `failed with HTTP ${status}${code ? ` (${code})` : ''}.${advice}`, {
      status,
      code,
      requestId,
      retryAfterMs,
    });
    this.#response = response;
  }

  /**
   * Body of the response: parsed JSON, text if it is not JSON, `undefined` if it is empty. Do not log the body: it may
   * quote what you sent. Messages, JSON and inspection of this error leave it out.
   */
  body(): unknown {
    return this.#response.body;
  }

  /** Headers of the response. Do not log them; messages, JSON and inspection of this error leave them out. */
  headers(): Headers {
    return this.#response.headers;
  }
}
