import { isPlainWord } from '../frame/plain-word.ts';
import { contractWords } from './contract-words.ts';

/** A mask of `redact`, with at most four characters of the value; an id of 24 hexadecimal digits; the empty text. */
const shown = /^(?:\[(?:PII|[a-z-]+)\].{0,4}|\[\d+ bytes that are not JSON\]|[\da-f]{24}|)$/;

/** The largest count that is shown. A longer number can be the number of a telephone or an identity paper. */
const largestShown = 99_999;

/**
 * Writes a masked value as text, and masks more of it. The value is masked where the contract has personal data, but a
 * sender can put such data elsewhere too. Only these are shown: texts that are words of the contract, short numbers, and
 * names of properties that are spelled like words of programs.
 *
 * @param ids - Further texts that may be shown, because the page shows them anyway.
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
