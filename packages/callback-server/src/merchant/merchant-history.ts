import type { CallbackEvent } from '../callback/callback-event.ts';

/** What is known of a stored callback of a merchant. Callbacks that are unusable or in the quarantine are left out. */
export interface HistoryEntry {
  readonly sequence: number;
  readonly event: CallbackEvent;
  /**
   * - `confirmed`: it agreed with a pull, was made from a pull, or was released by an operator.
   * - `believed`: it is delivered without a confirmation.
   * - `waiting`: it waits for its confirmation.
   */
  readonly standing: 'confirmed' | 'believed' | 'waiting';
  /** Whether the server has made the callback from a pulled document, because it did not arrive. */
  readonly isRecovered: boolean;
  /** Whether the route of the query has taken the callback, or will get it. */
  readonly isDelivered: boolean;
  /** Whether an operator has opened the overtaken delivery to the route of the query again. */
  readonly isReopened: boolean;
  /** In milliseconds since 1970. */
  readonly arrivedAt: number;
  /**
   * When the merchant had this status at the latest, in milliseconds since 1970: the earlier of the provider's time and the
   * arrival; for a recovered callback, the time of the pull. Missing if the provider gave no time.
   */
  readonly at?: number;
}

/** The callbacks of a merchant, oldest first. */
export type MerchantHistory = readonly HistoryEntry[];

export function isDecision(event: CallbackEvent): boolean {
  return event === 'accept' || event === 'reject';
}
