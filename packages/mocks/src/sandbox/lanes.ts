/** Runs work for each receiver one after the other, and work for different receivers at the same time. */
export function createLanes() {
  /** The end of the work for each receiver that has work. */
  const ends = new Map<string, Promise<void>>();

  const receiverOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : '');

  return {
    /** Appends work for the receiver of a URL. Resolves when the work is done. */
    enqueue: (url: string, work: () => Promise<void>): Promise<void> => {
      const receiver = receiverOf(url);
      const done = (ends.get(receiver) ?? Promise.resolve()).then(work);
      const end = done
        .catch(() => {})
        .finally(() => {
          if (ends.get(receiver) === end) ends.delete(receiver);
        });
      ends.set(receiver, end);
      return done;
    },
    /** Resolves when all work is done that the receiver of a URL has now. */
    idleFor: async (url: string): Promise<void> => ends.get(receiverOf(url)),
    /** Resolves when all work is done that any receiver has now. */
    idle: async (): Promise<void> => void (await Promise.all(ends.values())),
    isIdle: (): boolean => ends.size === 0,
  };
}
