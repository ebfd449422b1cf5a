import type { BackOfficeDecision } from './case-status.ts';
import type { Duration } from './duration.ts';

/** Who decides a case once it is pending. `after` is the time between submission and decision: 0 by default. */
export type DecisionPolicy =
  /** Nobody decides until you call `backOffice`. */
  | { readonly kind: 'manual' }
  | { readonly kind: 'auto-accept'; readonly after?: Duration }
  | { readonly kind: 'auto-reject'; readonly after?: Duration; readonly reason?: string }
  /** The first rule that matches decides the case. A case without a matching rule waits for `backOffice`. */
  | { readonly kind: 'by-rule'; readonly after?: Duration; readonly rules: readonly DecisionRule[] }
  /** The seed, the merchant and the time select the decision. The frequency of each decision follows its weight. */
  | {
      readonly kind: 'random';
      readonly after?: Duration;
      readonly weights: { readonly [D in BackOfficeDecision]?: number };
    };

/** A decision for the cases whose field contains a text. */
export interface DecisionRule {
  readonly field: 'name' | 'email' | 'mobile' | 'signzyAppId' | 'flowId';
  readonly contains: string;
  readonly decision: BackOfficeDecision;
  readonly reason?: string;
  readonly instructions?: string;
}

/** A decision that the sandbox takes later, or a submission that takes effect later. */
export interface ScheduledDecision<Decision extends string = BackOfficeDecision | 'reverse' | 'submit'> {
  readonly merchantId: string;
  readonly decision: Decision;
  readonly reason: string;
  readonly instructions: string;
  /** In epoch milliseconds. */
  readonly dueAt: number;
  /** Who scheduled the decision. */
  readonly by: 'policy' | 'fault' | 'partner';
}
