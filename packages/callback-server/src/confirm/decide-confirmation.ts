/** What the settings say of callbacks that no pull could confirm in time. */
export type Unconfirmed =
  /** They wait until a pull succeeds. */
  | 'wait'
  /** They are delivered, marked as unconfirmed. */
  | 'deliver'
  /** They go to the quarantine. */
  | 'quarantine';

export const unconfirmedWays: readonly Unconfirmed[] = ['wait', 'deliver', 'quarantine'];

export interface ConfirmationLimits {
  /** Milliseconds that a callback and a pull may differ, because either can be stale. */
  readonly agreeMs: number;
  readonly unconfirmed: Unconfirmed;
  /** Milliseconds without a successful pull after which `unconfirmed` applies. */
  readonly unconfirmedAfterMs: number;
}

/** What is known of a callback after an attempt at confirming it. */
export type Comparison =
  | { readonly kind: 'agrees' }
  /** The pull says something else, or does not know the merchant. */
  | { readonly kind: 'disagrees'; readonly reason: string }
  /** The pull has failed. */
  | { readonly kind: 'failed'; readonly reason: string };

/** What follows from a comparison. */
export type ConfirmationDecision =
  | { readonly state: 'confirmed' }
  | { readonly state: 'unconfirmed' }
  | { readonly state: 'quarantined'; readonly reason: string }
  /** Try again later. */
  | { readonly state: 'open'; readonly reason: string };

/**
 * Decides what becomes of a callback.
 *
 * @param ageMs - Milliseconds since the callback arrived.
 * @param workingMs - Milliseconds for which pulls have worked. After an outage the provider may be stale.
 */
export function decideConfirmation(
  comparison: Comparison,
  ageMs: number,
  workingMs: number,
  { agreeMs, unconfirmed, unconfirmedAfterMs }: ConfirmationLimits,
): ConfirmationDecision {
  if (comparison.kind === 'agrees') return { state: 'confirmed' };
  const { reason } = comparison;
  if (comparison.kind === 'disagrees')
    return Math.min(ageMs, workingMs) < agreeMs
      ? { state: 'open', reason }
      : { state: 'quarantined', reason: `forged or stale: ${reason}` };
  if (unconfirmed === 'wait' || ageMs < unconfirmedAfterMs) return { state: 'open', reason };
  return unconfirmed === 'deliver'
    ? { state: 'unconfirmed' }
    : { state: 'quarantined', reason: `could not be confirmed: ${reason}` };
}
