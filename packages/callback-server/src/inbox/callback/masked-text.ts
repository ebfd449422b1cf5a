import { isPlainWord } from '../frame/plain-word.ts';
import { contractWords } from './contract-words.ts';

/** What `redact` writes in place of a value, with the few characters that it keeps of some; and the id of a thing. */
const shown = /^(?:\[(?:PII|[a-z-]+)\].{0,4}|\[\d+ bytes that are not JSON\]|[\da-f]{24}|)$/;

/** A count. A longer number can be the number of a telephone or an identity paper. */
const largestShown = 99_999;

/**
 * Writes a masked value as text. It was masked where the contract says that a person's data stands. A sender can put such data
 * elsewhere too. Texts are shown only if they are words of the contract, numbers if they are short, and names of properties
 * if they are spelled like words of programs.
 *
 * @param ids - Other texts that are shown: they are shown beside the value anyway.
 */
export function maskedText(value: unknown, ids: readonly (string | undefined)[] = []): string {
  const mask = (each: unknown): unknown => {
    if (typeof each === 'string')
      return shown.test(each) || contractWords.has(each) || ids.includes(each) ? each : '[text]';
    if (typeof each === 'number') return Math.abs(each) <= largestShown ? each : '[number]';
    if (Array.isArray(each)) return each.map(mask);
    if (typeof each !== 'object' || each === null) return each;
    const entries = Object.entries(each);
    return Object.fromEntries(
      entries.map(([name, below], index) => [isPlainWord(name) ? name : `[name ${index + 1}]`, mask(below)]),
    );
  };
  return JSON.stringify(mask(value), null, 2);
}
