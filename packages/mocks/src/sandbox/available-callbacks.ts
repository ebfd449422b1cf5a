import type { QueuedCallback } from '../core/model/queued-callback.ts';

/** How `take` selects callbacks. */
export interface Wanted {
  readonly matches: (callback: QueuedCallback) => boolean;
  readonly count: number;
  /** Whether the callbacks stay available to others. */
  readonly peek: boolean;
}

/** Keeps the posted callbacks that are still to be taken, in the order of the first attempts. */
export function createAvailableCallbacks(find: (id: string) => QueuedCallback | undefined) {
  let available = new Set<string>();
  const taken = new Set<string>();

  return {
    ids: (): Iterable<string> => available,
    /** Records an attempt to post a callback. */
    posted: (id: string): void => {
      if (!taken.has(id)) available.add(id);
    },
    /** Takes as many of these callbacks as wanted, or takes none if there are too few. */
    take: (ids: Iterable<string>, { matches, count, peek }: Wanted): QueuedCallback[] | undefined => {
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
    },
    /** Makes taken callbacks available again, before all others. Returns their ids. */
    putBack: (ids: readonly string[]): readonly string[] => {
      const returned = ids.filter((id) => taken.delete(id));
      available = new Set([...returned, ...available]);
      return returned;
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
  };
}
