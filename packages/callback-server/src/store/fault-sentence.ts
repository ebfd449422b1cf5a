import { isDamage } from './is-damage.ts';
import { isFull } from './is-full.ts';

/** Tells a person why the store failed, and what helps. Quotes nothing of the error, which may hold personal data. */
export function faultSentence(error: unknown): string {
  if (isFull(error)) return 'The disk of the database is full. Free space on it, and try again.';
  if (isDamage(error))
    return 'A part of the database is damaged. Run `verify-store`: it names the damaged callbacks.';
  return 'The request failed in the store. The log names the fault.';
}
