import type { QueuedCallback } from '../core/model/queued-callback.ts';
import { createAvailableCallbacks, type Wanted } from './available-callbacks.ts';

interface Waiter {
  readonly consider: (id: string) => void;
}

/** Hands each posted callback to one waiter, in the order of the first attempts. */
export function createPostedCallbacks(find: (id: string) => QueuedCallback | undefined) {
  const available = createAvailableCallbacks(find);
  const waiters = new Set<Waiter>();

  function tell(id: string): void {
    for (const waiter of [...waiters]) waiter.consider(id);
  }

  return {
    /** Records an attempt to post a callback. */
    posted: (id: string): void => {
      available.posted(id);
      tell(id);
    },
    reload: available.reload,
    /** Makes taken callbacks available again, before all others. */
    putBack: (ids: readonly string[]): void => {
      for (const id of available.putBack(ids)) tell(id);
    },
    /**
     * Resolves with the wanted callbacks as soon as there are enough. An abort ends the wait, and all callbacks stay
     * available.
     */
    wait: (wanted: Wanted, signal: AbortSignal): Promise<readonly QueuedCallback[]> =>
      new Promise((resolve, reject) => {
        const candidates = new Set<string>();
        const end = () => {
          waiters.delete(waiter);
          signal.removeEventListener('abort', abort);
        };
        const abort = () => {
          end();
          reject(signal.reason);
        };
        const settle = (ids: Iterable<string>) => {
          const found = available.take(ids, wanted);
          if (!found) return false;
          end();
          resolve(found);
          return true;
        };
        const waiter: Waiter = {
          consider: (id) => {
            const callback = find(id);
            if (callback && wanted.matches(callback)) candidates.add(id);
            if (candidates.size >= wanted.count) settle(candidates);
          },
        };
        if (signal.aborted) return reject(signal.reason);
        if (settle(available.ids())) return;
        for (const id of available.ids()) waiter.consider(id);
        waiters.add(waiter);
        signal.addEventListener('abort', abort);
      }),
  };
}
