import type { Violation } from '@partner-ecosystem/openapi/drift';
import { type CallInfo, PartnerError } from './partner-error.ts';

export type { Violation };

/**
 * A guard found that a request or a response violates the contract. For a response to a write, this error is the `failure`
 * of an `OutcomeUnknownError`, because a proxy may have sent the response.
 */
export class ContractError extends PartnerError {
  static override name = 'ContractError';

  /** `request`: nothing was sent. `response`: the response is not returned. */
  declare readonly side: 'request' | 'response';
  declare readonly violations: readonly Violation[];

  constructor(call: CallInfo, side: 'request' | 'response', violations: readonly Violation[]) {
    const end = side === 'request' ? ' It was not sent.' : '';
    super(call, `has a ${side} that violates the contract: ${formatViolations(violations)}.${end}`);
    this.side = side;
    this.violations = violations;
  }
}

/** Lists violations in one line, such as `/name (required); /flowId (minLength)`. */
export function formatViolations(violations: readonly Violation[]): string {
  return violations.map(({ pointer, keyword }) => `${pointer || '/'} (${keyword})`).join('; ');
}
