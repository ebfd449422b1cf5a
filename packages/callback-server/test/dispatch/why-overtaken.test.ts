import { expect, test } from 'vitest';
import type { CallbackEvent } from '../../src/callback/callback-event.ts';
import type { RouteOrder } from '../../src/callback/route-order.ts';
import { whyOvertaken } from '../../src/dispatch/why-overtaken.ts';
import type { MerchantHistory } from '../../src/merchant/merchant-history.ts';

/**
 * Callbacks by their events. `!` after an event: confirmed, `r`: recovered, `d`: recovered and given up, `?`: waiting for
 * its confirmation. A number after a colon is the time.
 */
function history(words: string): MerchantHistory {
  return words.split(' ').map((word, index) => {
    const [, event = '', mark = '', at] = /^([a-z]+?)(!|r|d|\?)?(?::(\d+))?$/.exec(word) ?? [];
    return {
      sequence: index + 1,
      event: event as CallbackEvent,
      standing: mark === '' ? 'believed' : mark === '?' ? 'waiting' : 'confirmed',
      isRecovered: mark === 'r' || mark === 'd',
      isDelivered: mark !== 'd',
      isReopened: false,
      arrivedAt: index,
      ...(at !== undefined && { at: Number(at) }),
    };
  });
}

/** The callbacks of a merchant, the number of the callback to deliver, the order, and the result. */
const rows: readonly (readonly [string, number, RouteOrder, 'delivered' | 'newer' | 'same'])[] = [
  ['pending', 1, 'latest', 'delivered'],
  ['pending accept!', 1, 'latest', 'newer'],
  ['pending accept!', 1, 'strict', 'delivered'],
  ['pending accept!', 1, 'none', 'delivered'],
  ['pending accept!', 2, 'latest', 'delivered'],
  // Only a confirmed callback overtakes, because a forger can post a callback.
  ['pending accept', 1, 'latest', 'delivered'],
  ['pending accept?', 1, 'latest', 'delivered'],
  ['accept pending', 1, 'latest', 'delivered'],
  ['accept! accept!', 1, 'latest', 'newer'],
  ['accept! reject!', 1, 'latest', 'newer'],
  ['accept! reject!', 2, 'latest', 'delivered'],
  // A reversal is always delivered.
  ['accept! reject! accept!', 1, 'latest', 'newer'],
  ['accept! reject! accept!', 2, 'latest', 'delivered'],
  ['accept? reject! accept!', 2, 'latest', 'newer'],
  // An unconfirmed callback reverses nothing if its time is before the time of the confirmed decision.
  ['accept!:20 reject:10', 2, 'latest', 'newer'],
  ['accept!:20 reject!:10', 2, 'latest', 'delivered'],
  ['accept!:20 reject:30', 2, 'latest', 'delivered'],
  ['accept!:20 reject', 2, 'latest', 'delivered'],
  ['accept!:20 reject:10', 2, 'strict', 'delivered'],
  ['accept:20 reject:10', 2, 'latest', 'delivered'],
  // The provider's time counts, if both callbacks have a time.
  ['accept!:20 pending:10', 2, 'latest', 'newer'],
  ['accept!:20 pending:30', 2, 'latest', 'delivered'],
  ['accept!:20 pending', 2, 'latest', 'delivered'],
  ['pending:30 accept!:20', 1, 'latest', 'delivered'],
  ['pending:20 accept!:20', 1, 'latest', 'newer'],
  // A route without rejects.
  ['pending reject!', 1, 'latest', 'delivered'],
  // The callback of a recovered decision arrives late.
  ['pending acceptr:50 accept!:40', 3, 'strict', 'same'],
  ['pending acceptr:50 accept!', 3, 'none', 'same'],
  ['acceptr:50 accept! accept!:45', 3, 'strict', 'same'],
  ['accept!:40 acceptr:50', 1, 'strict', 'same'],
  ['accept!:40 acceptr:50', 2, 'strict', 'delivered'],
  ['acceptr:50 pending:30 accept!:40', 3, 'strict', 'same'],
  ['acceptr:50 reject?:60 accept!:40', 3, 'strict', 'same'],
  // The route did not get what was recovered.
  ['acceptd:50 accept!:40', 2, 'strict', 'delivered'],
  ['accept!:40 acceptd:50', 1, 'none', 'delivered'],
  // Something has happened since the pull.
  ['acceptr:50 accept!:60', 2, 'strict', 'delivered'],
  ['acceptr:50 reject!:60 accept!', 3, 'strict', 'delivered'],
  // The provider's clock is behind.
  ['acceptr:50 reject!:30 accept!:40', 3, 'strict', 'delivered'],
  ['acceptr:50 pending accept!', 3, 'strict', 'delivered'],
  ['pendingr:50 pending:40', 2, 'strict', 'delivered'],
  ['acceptr:50 pending:40', 2, 'strict', 'delivered'],
  ['acceptr:50 pending:40', 2, 'latest', 'newer'],
];

const reasons = {
  delivered: undefined,
  newer: 'overtaken: a newer callback is confirmed',
  same: 'overtaken: the same decision was recovered',
};

test.each(rows)('of "%s" callback %i, with the order %s: %s', (words, sequence, order, result) => {
  const takesEvent = (event: CallbackEvent) => event !== 'reject' || !words.startsWith('pending');
  expect(whyOvertaken(sequence, history(words), order, takesEvent)).toBe(reasons[result]);
});
