import type { Violation } from '@partner-ecosystem/openapi/validators';

/** In what way a callback departs from the contract. */
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
  // The contract's validators compare words in any case, by a pattern. They have no other patterns for callbacks.
  pattern: 'new_word',
  type: 'changed_type',
  required: 'missing_member',
  event: 'wrong_event',
};

export function driftKind({ keyword }: Violation): DriftKind {
  return kinds[keyword] ?? 'other';
}
