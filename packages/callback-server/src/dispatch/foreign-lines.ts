import type { Claim } from '../callback/delivery.ts';

const minMs = 1000;
const maxMs = 60_000;
const maxLines = 1000;

/**
 * Remembers lines whose oldest callback only another server can deliver. This server leaves a line out for as long as the
 * callback has waited already, from 1 s to 60 s. So this server soon looks again at a new callback, and seldom at an old
 * callback.
 */
export function createForeignLines() {
  const ends = new Map<string, number>();
  return {
    /** Order keys of the lines to leave out now. */
    current: (): string[] => {
      const now = performance.now();
      for (const [orderKey, endsAt] of ends) if (endsAt <= now) ends.delete(orderKey);
      return [...ends.keys()];
    },
    /** Whether the next line replaces the oldest line. */
    isFull: () => ends.size >= maxLines,
    add: ({ orderKey, receivedAt }: Pick<Claim, 'orderKey' | 'receivedAt'>) => {
      const ageMs = Date.now() - receivedAt.getTime();
      const [oldest] = ends.keys();
      if (oldest !== undefined && ends.size >= maxLines) ends.delete(oldest);
      ends.set(orderKey, performance.now() + Math.min(Math.max(ageMs, minMs), maxMs));
    },
  };
}
