import { randomBytes } from 'node:crypto';

/** An id that grows with time, and that nobody can guess. */
export function callbackId(receivedAt: Date): string {
  return firstIdOf(receivedAt) + randomBytes(10).toString('hex');
}

/** Comes before every id of that time or later, and after every earlier one. */
export function firstIdOf(time: Date): string {
  return time.getTime().toString(16).padStart(12, '0');
}
