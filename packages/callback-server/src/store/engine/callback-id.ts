import { randomUUID } from 'node:crypto';

export const callbackIdPattern = /^[\da-f]{32}$/;

/** An unguessable id that grows with time. */
export function callbackId(receivedAt: Date): string {
  // The ends of a UUID are fully random. Node buffers random bytes for UUIDs, so this is ten times faster than randomBytes.
  const uuid = randomUUID();
  return firstIdOf(receivedAt) + uuid.slice(0, 8) + uuid.slice(-12);
}

/** Sorts before every id of this time or later, and after every earlier id. */
export function firstIdOf(time: Date): string {
  // No id is from before 1970. A minus sign would break the order, because some databases ignore it in comparisons of texts.
  return Math.max(0, time.getTime()).toString(16).padStart(12, '0');
}

/** The time that an id begins with. */
export function timeOfId(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 12), 16));
}
