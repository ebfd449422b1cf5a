import type { components } from '@partner-ecosystem/openapi/schema';
import { type Attempted, PartnerError } from './partner-error.ts';

export type ErrorCode = components['schemas']['ErrorCode'];

/** An answer other than 2xx. */
export interface Refusal extends Attempted {
  readonly status: number;
  readonly code: ErrorCode | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * The provider answered, with a status other than 2xx. Each status that asks for something else of you has a subclass;
 * this class itself stands for the statuses that the contract does not know, redirects among them.
 */
export class ApiError extends PartnerError {
  override get name(): string {
    return 'ApiError';
  }

  /** The HTTP status, which is to be trusted over the one inside the body. */
  readonly status: number;
  /** The provider's word for programs. Often missing. */
  readonly code: ErrorCode | undefined;
  /** The answer's `X-Request-Id` or `X-Correlation-Id`, to quote to the provider's support. Often missing. */
  readonly requestId: string | undefined;
  /** How long the answer asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly #refusal: Refusal;

  constructor(refusal: Refusal, advice = 'No such answer is known.') {
    const { status, code, requestId, retryAfterMs } = refusal;
    super(refusal, `was answered with HTTP ${status}${code ? ` (${code})` : ''}. ${advice}`);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
    this.#refusal = refusal;
  }

  /**
   * The provider's answer: parsed JSON, text where it is none, `undefined` where it is empty. It may quote what you
   * sent, so it is left out of the message, of JSON and of inspection: do not log it.
   */
  body(): unknown {
    return this.#refusal.body;
  }

  /** The answer's headers. Left out of what a log would find, as the body is. */
  headers(): Headers {
    return this.#refusal.headers;
  }
}
