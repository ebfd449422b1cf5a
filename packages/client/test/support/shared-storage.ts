import type { StoredToken, TokenStorage } from '../../src/index.ts';

/** Creates a storage that several clients share, as several processes would. */
export function sharedStorage(): { storage: TokenStorage; held: () => StoredToken | undefined } {
  let held: string | undefined;
  let last = Promise.resolve();
  const storage: TokenStorage = {
    read: async () => (held === undefined ? undefined : JSON.parse(held)),
    write: async (token) => {
      held = JSON.stringify(token);
    },
    lock: (task) => {
      const mine = last.then(task);
      last = mine.catch(() => {});
      return mine;
    },
  };
  return { storage, held: () => (held === undefined ? undefined : JSON.parse(held)) };
}
