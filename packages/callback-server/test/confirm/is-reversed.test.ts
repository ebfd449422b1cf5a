import { expect, test } from 'vitest';
import { isReversed } from '../../src/confirm/is-reversed.ts';
import type { MerchantHistory } from '../../src/merchant/merchant-history.ts';

/** Callbacks by event and arrival. A number after a colon is the provider's time. */
function history(words: string): MerchantHistory {
  return words.split(' ').map((word, index) => {
    const [, event = '', arrivedAt, at] = /^([a-z]+)(\d+)(?::(\d+))?$/.exec(word) ?? [];
    return {
      sequence: index + 1,
      event: event as MerchantHistory[number]['event'],
      standing: 'waiting',
      isRecovered: false,
      isDelivered: false,
      isReopened: false,
      arrivedAt: Number(arrivedAt),
      ...(at !== undefined && { at: Number(at) }),
    };
  });
}

/** The callbacks, the number of the contradicted one, what the pull says, since when pulls work, and the result. */
const rows: readonly (readonly [string, number, string | undefined, number, boolean])[] = [
  ['accept10 reject20', 1, 'reject', 30, true],
  ['accept10 draft20 pending25', 1, 'pending', 30, true],
  ['accept10 reject20', 1, 'reject', 20, true],
  // A pull could have shown the accept before the reject arrived.
  ['accept10 reject20', 1, 'reject', 19, false],
  ['accept10 reject20', 1, 'reject', 5, false],
  // Nothing newer says what the pull says.
  ['accept10', 1, 'reject', 30, false],
  ['accept10 pending20', 1, 'reject', 30, false],
  ['accept10 reject20', 1, undefined, 30, false],
  ['reject5 accept10', 2, 'reject', 30, false],
  // A forger chooses the provider's time of a forged callback.
  ['reject5:5 accept10:1', 2, 'reject', 30, false],
  ['accept10:9 reject20:8', 1, 'reject', 30, false],
  // The ids differ, and not the status.
  ['accept10 accept20', 1, 'accept', 30, false],
];

test.each(rows)('of "%s" callback %i, when the pull says %s and pulls work since %i: %s', (words, ...row) => {
  const [sequence, pulled, workingSince, is] = row;
  expect(isReversed(sequence, pulled, history(words), workingSince)).toBe(is);
});
