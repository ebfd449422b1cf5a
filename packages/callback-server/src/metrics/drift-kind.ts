import type { Violation } from '@partner-ecosystem/openapi/validators';

/** How a callback violates the contract. */
export type DriftKind =
  | 'unknown_member'
  | 'new_word'
  | 'changed_type'
  | 'missing_member'
  | 'wrong_event'
  | 'other';

const kinds: Record<string, DriftKind> = {
  additionalProperties: 'unknown_member',
  unevaluatedProperties: 'unknown_member',
  // The contract's validators compare enumerated words case-insensitively by a pattern: callbacks have no other pattern.
  pattern: 'new_word',
  type: 'changed_type',
  required: 'missing_member',
  event: 'wrong_event',
};

export function driftKind({ keyword }: Violation): DriftKind {
  return kinds[keyword] ?? 'other';
}
