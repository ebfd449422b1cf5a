/** Brings decisions that arrive on their own to whoever waits for them. */
export interface Decisions {
  /** Says that a merchant was decided. */
  settle(merchantId: string, status: string): void;
  /**
   * The decision on a merchant, as soon as it is there.
   *
   * @throws Error where none comes within 10 seconds.
   */
  of(merchantId: string): Promise<string>;
}

const patienceMs = 10_000;

export function createDecisions(): Decisions {
  const pending = new Map<string, PromiseWithResolvers<string>>();
  const entry = (merchantId: string) => {
    const found = pending.get(merchantId) ?? Promise.withResolvers<string>();
    pending.set(merchantId, found);
    return found;
  };
  return {
    settle: (merchantId, status) => entry(merchantId).resolve(status),
    async of(merchantId) {
      const { promise, reject } = entry(merchantId);
      const late = new Error(
        `No callback about merchant ${merchantId} came within ${patienceMs / 1000} seconds.`,
      );
      const timer = setTimeout(() => reject(late), patienceMs);
      return promise.finally(() => clearTimeout(timer));
    },
  };
}
