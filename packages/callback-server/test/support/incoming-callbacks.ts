import type { IncomingCallback } from '../../src/callback/incoming-callback.ts';
import { accepted, callback } from './callbacks.ts';

/** The time at which callbacks of these tests arrive. */
export const start: Date = new Date('2026-01-01T00:00:00Z');

/** The time `ms` milliseconds after `start`. */
export function later(ms: number): Date {
  return new Date(start.getTime() + ms);
}

/** Returns an accept of a merchant, as the receiver passes it to the store. */
export function incoming(id: string, actionTime = 1): IncomingCallback {
  return accepted(callback('accept', { id, actionTime }), start);
}
