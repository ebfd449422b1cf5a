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
  /** The provider refuses the pull: the merchant or the realm is not the partner's. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The pull has failed. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Times in milliseconds. */
export interface ConfirmationTimes {
  /** Since the callback arrived. */
  readonly ageMs: number;
  /** For how long pulls have worked. After an outage the provider may be stale. */
  readonly workingMs: number;
  /** Since the last pull that succeeded, of any merchant. */
  readonly silentMs: number;
}

/** What follows from a comparison. */
export type ConfirmationDecision =
  | { readonly state: 'confirmed' }
  | { readonly state: 'unconfirmed' }
  | { readonly state: 'quarantined'; readonly reason: string }
  /** Try again later. */
  | { readonly state: 'open'; readonly reason: string };

/**
 * Decides what to do with a callback. A forger can cause a refused or failed pull, so such a pull says nothing of
 * other pulls. Pulls count as working until the last success, and as failing since then.
 */
export function decideConfirmation(
  comparison: Comparison,
  { ageMs, workingMs, silentMs }: ConfirmationTimes,
  { agreeMs, unconfirmed, unconfirmedAfterMs }: ConfirmationLimits,
): ConfirmationDecision {
  if (comparison.kind === 'agrees') return { state: 'confirmed' };
  const { reason } = comparison;
  const comparableMs = Math.min(ageMs, workingMs) - (comparison.kind === 'refused' ? silentMs : 0);
  if (comparison.kind !== 'failed' && comparableMs >= agreeMs)
    return { state: 'quarantined', reason: `forged or stale: ${reason}` };
  const isOut = Math.min(ageMs, silentMs) >= unconfirmedAfterMs;
  if (comparison.kind === 'disagrees' || unconfirmed === 'wait' || !isOut) return { state: 'open', reason };
  return unconfirmed === 'deliver' && comparison.kind === 'failed'
    ? { state: 'unconfirmed' }
    : { state: 'quarantined', reason: `could not be confirmed: ${reason}` };
}
