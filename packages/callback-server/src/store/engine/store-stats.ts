/** The state of the store, for monitoring. */
export interface StoreStats {
  /** When the oldest callback with an open delivery was received; missing if there is no such callback. */
  readonly oldestUndeliveredAt?: Date;
  /** Merchants, counted per route, whose callbacks wait behind a failed one. */
  readonly blockedKeys: number;
  /** Deliveries that were given up. */
  readonly deadLetters: number;
  readonly lastReceivedAt?: Date;
}
