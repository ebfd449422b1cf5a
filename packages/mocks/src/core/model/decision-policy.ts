import type { BackOfficeDecision } from './case-status.ts';
import type { Duration } from './duration.ts';

/** Who decides a case once it is pending. A case is decided so long after it was submitted: at once by default. */
export type DecisionPolicy =
  /** Nobody, until `backOffice` is told to. */
  | { readonly kind: 'manual' }
  | { readonly kind: 'auto-accept'; readonly after?: Duration }
  | { readonly kind: 'auto-reject'; readonly after?: Duration; readonly reason?: string }
  /** The first rule that fits the case decides it; a case that none fits is left to `backOffice`. */
  | { readonly kind: 'by-rule'; readonly after?: Duration; readonly rules: readonly DecisionRule[] }
  /** By the seed and the merchant: about as often as the weights say. */
  | {
      readonly kind: 'random';
      readonly after?: Duration;
      readonly weights: { readonly [D in BackOfficeDecision]?: number };
    };

/** A decision for cases whose field has a value that contains a text. */
export interface DecisionRule {
  readonly field: 'name' | 'email' | 'mobile' | 'signzyAppId' | 'flowId';
  readonly contains: string;
  readonly decision: BackOfficeDecision;
  readonly reason?: string;
  readonly instructions?: string;
}

export const manual: DecisionPolicy = { kind: 'manual' };
