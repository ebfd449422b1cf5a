import type { QueuedCallback } from '../core/model/queued-callback.ts';

interface Waiter {
  readonly consider: (id: string) => void;
}

/** How `take` selects callbacks. */
export interface Wanted {
  readonly matches: (callback: QueuedCallback) => boolean;
  readonly count: number;
  /** Whether the callbacks stay available to others. */
  readonly peek: boolean;
}

/** Hands each posted callback to one waiter, in the order of the first attempts. */
export function createPostedCallbacks(find: (id: string) => QueuedCallback | undefined) {
  /** Ids of the posted callbacks that are still to be taken. */
  let available = new Set<string>();
  const taken = new Set<string>();
  const waiters = new Set<Waiter>();

  /** Takes as many of these callbacks as wanted, or takes none if there are too few. */
  function take(ids: Iterable<string>, { matches, count, peek }: Wanted): QueuedCallback[] | undefined {
    const found: QueuedCallback[] = [];
    for (const id of ids) {
      const callback = available.has(id) ? find(id) : undefined;
      if (callback && matches(callback)) found.push(callback);
      if (found.length === count) break;
    }
    if (found.length < count) return undefined;
    for (const { id } of peek ? [] : found) {
      available.delete(id);
      taken.add(id);
    }
    return found;
  }

  function tell(id: string): void {
    for (const waiter of [...waiters]) waiter.consider(id);
  }

  return {
    /** Records an attempt to post a callback. */
    posted: (id: string): void => {
      if (!taken.has(id)) available.add(id);
      tell(id);
    },
    /**
     * Replaces the posted callbacks by those of another state. An id that this state has not posted yet no longer counts as
     * taken: the sandbox posts the callback again, or the seed creates the same id again within a second.
     */
    reload: (callbacks: readonly QueuedCallback[]): void => {
      const posted = new Set(callbacks.filter(({ attempts }) => attempts.length > 0).map(({ id }) => id));
      for (const id of taken) if (!posted.has(id)) taken.delete(id);
      available = new Set([...posted].filter((id) => !taken.has(id)));
    },
    /** Makes taken callbacks available again, before all others. */
    putBack: (ids: readonly string[]): void => {
      const returned = ids.filter((id) => taken.delete(id));
      available = new Set([...returned, ...available]);
      for (const id of returned) tell(id);
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
          const found = take(ids, wanted);
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
        if (settle(available)) return;
        for (const id of available) waiter.consider(id);
        waiters.add(waiter);
        signal.addEventListener('abort', abort);
      }),
  };
}
