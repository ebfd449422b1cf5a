/** Something that has happened, and how often since the last notification. */
export interface Occurrences {
  /**
   * - `dead-letter`: a delivery was given up.
   * - `quarantined`: a callback is in the quarantine, because it is forged or stale.
   */
  readonly kind: 'dead-letter' | 'quarantined';
  /** Name of the route. Missing for callbacks of the quarantine. */
  readonly route?: string;
  readonly count: number;
  /** Ids of the first callbacks, 10 at most. */
  readonly callbackIds: readonly string[];
}

/** Something that lasts until it ends. */
export interface Condition {
  /**
   * - `open-circuit`: all attempts at a route fail.
   * - `no-callbacks`: no callback has arrived for a long time.
   * - `overdue`: checks of merchants are late.
   * - `unverifiable`: no check of a merchant succeeds, and a person has to look.
   */
  readonly kind: 'open-circuit' | 'no-callbacks' | 'overdue' | 'unverifiable';
  /** Name of the route of an open circuit. */
  readonly route?: string;
  /** Number of merchants that are overdue or unverifiable. */
  readonly count?: number;
  /** Minutes without a callback after which the condition begins. */
  readonly minutes?: number;
}

/** A condition that has begun, has become much better or worse, or has ended. */
export interface ConditionChange extends Condition {
  readonly phase: 'began' | 'changed' | 'ended';
}

/** What a notification reports. Contains no personal data, and names no merchant. */
export type NotificationEntry = Occurrences | ConditionChange | { readonly kind: 'test' };

/** A message to the people who run the server. Contains no secret and no personal data. */
export interface Notification {
  /** The same at each attempt. */
  readonly id: string;
  /** When the notification was made, in ISO 8601. */
  readonly timestamp: string;
  /** Host name of the server that sends the notification. */
  readonly server: string;
  /** The URL at which people look at callbacks. */
  readonly adminUrl?: string;
  /** One line for each entry, for people. */
  readonly text: string;
  readonly entries: readonly NotificationEntry[];
}
