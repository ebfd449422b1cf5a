import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { components } from '@partner-ecosystem/openapi/schema';
import { PartnerError } from './partner-error.ts';

export type ErrorCode = components['schemas']['ErrorCode'];

/** An answer other than 2xx. */
export interface Refusal {
  readonly operationId: OperationId;
  readonly status: number;
  readonly code: ErrorCode | undefined;
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
  readonly #body: unknown;

  constructor(refusal: Refusal, advice = 'No such answer is known; redirects are not followed.') {
    const { operationId, status, code, body } = refusal;
    super(operationId, `was answered with HTTP ${status}${code ? ` (${code})` : ''}. ${advice}`);
    this.status = status;
    this.code = code;
    this.#body = body;
  }

  /**
   * The provider's answer: parsed JSON, text where it is none, `undefined` where it is empty. It may quote what you
   * sent, so it is left out of the message, of JSON and of inspection: do not log it.
   */
  body(): unknown {
    return this.#body;
  }
}
