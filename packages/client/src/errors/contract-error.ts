import type { Violation } from '@partner-ecosystem/openapi/drift';
import { type CallInfo, PartnerError } from './partner-error.ts';

export type { Violation };

/** A guard found that a request or a response violates the contract. */
export class ContractError extends PartnerError {
  static override name = 'ContractError';

  /** `request`: nothing was sent. `response`: the operation **was** applied. */
  declare readonly side: 'request' | 'response';
  declare readonly violations: readonly Violation[];

  constructor(call: CallInfo, side: 'request' | 'response', violations: readonly Violation[]) {
    const end = side === 'request' ? 'It was not sent.' : 'It was applied: do not repeat a write.';
    super(call, `has a ${side} that violates the contract: ${formatViolations(violations)}. ${end}`);
    this.side = side;
    this.violations = violations;
  }
}

/** Lists violations in one line, such as `/name (required); /flowId (minLength)`. */
export function formatViolations(violations: readonly Violation[]): string {
  return violations.map(({ pointer, keyword }) => `${pointer || '/'} (${keyword})`).join('; ');
}
