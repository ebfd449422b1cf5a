import type { IncomingCallback } from '../../src/receiver.ts';

/** Stores callbacks in memory, which is enough for a test only. */
export function memoryStore() {
  const kept = new Map<string, IncomingCallback>();
  return {
    kept,
    keep: async (callback: IncomingCallback) => {
      const isNew = !kept.has(callback.dedupKey);
      if (isNew) kept.set(callback.dedupKey, callback);
      return { id: callback.dedupKey, isNew };
    },
    probe: async () => {},
  };
}
