/** Retry delays in milliseconds, so short that retries come at once. */
export const soon = Array.from({ length: 12 }, () => 1);
