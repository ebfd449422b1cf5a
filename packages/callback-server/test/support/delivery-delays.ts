/** Delays of retries that come at once. */
export const soon = Array.from({ length: 12 }, () => 1);
