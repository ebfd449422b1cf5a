import type { CallbackEvent } from '../callback/callback-event.ts';

/** What is known of a stored callback of a merchant. Callbacks that are unusable or in the quarantine are left out. */
export interface HistoryEntry {
  readonly sequence: number;
  readonly event: CallbackEvent;
  /**
   * - `confirmed`: it agreed with a pull, was made of one, or was released by an operator.
   * - `believed`: it is delivered without a confirmation.
   * - `waiting`: it waits for its confirmation.
   */
  readonly standing: 'confirmed' | 'believed' | 'waiting';
  /** Whether the server has made it of a pulled document, because it did not arrive. */
  readonly isRecovered: boolean;
  /** Whether the route that asks has taken it, or will get it. */
  readonly isDelivered: boolean;
  /** Whether an operator has opened its overtaken delivery to the route that asks. */
  readonly isReopened: boolean;
  /** In milliseconds since 1970. */
  readonly arrivedAt: number;
  /**
   * When the merchant had got this status at the latest, in milliseconds since 1970: the provider's time, unless it is later
   * than the arrival; for a recovered callback, the time of the pull. Missing if the provider gave no time.
   */
  readonly at?: number;
}

/** The callbacks of a merchant, oldest first. */
export type MerchantHistory = readonly HistoryEntry[];

export function isDecision(event: CallbackEvent): boolean {
  return event === 'accept' || event === 'reject';
}
