import { expect, test } from 'vitest';
import type { CallbackEvent } from '../../src/callback/callback-event.ts';
import type { MerchantHistory } from '../../src/merchant/merchant-history.ts';
import { decideRecovery } from '../../src/reconcile/decide-recovery.ts';

/**
 * Callbacks by their events. `?` after an event: it waits for its confirmation. `*`: it has just arrived. `!`: in the future.
 * `+`: it was recovered soon after the others. `-`: it was recovered later.
 */
function history(words: string): MerchantHistory {
  return words
    .split(' ')
    .filter(Boolean)
    .map((word, index) => ({
      sequence: index + 1,
      event: word.replace(/[?*!+-]/, '') as CallbackEvent,
      standing: word.endsWith('?') ? 'waiting' : 'believed',
      isRecovered: /[+-]$/.test(word),
      isDelivered: false,
      isReopened: false,
      arrivedAt: arrivals[word.at(-1) ?? ''] ?? 10,
    }));
}

const arrivals: Readonly<Record<string, number>> = { '*': 20, '!': 1000, '+': 12, '-': 16 };

/** The callbacks of a merchant, the pulled status, and what follows. */
const rows: readonly (readonly [string, CallbackEvent, string])[] = [
  ['', 'accept', 'missed'],
  ['', 'reject', 'missed'],
  ['', 'pending', 'missed'],
  // The provider posts none of these to a partner.
  ['', 'draft', 'in-step'],
  ['', 'new', 'in-step'],
  ['', 'dropoff', 'in-step'],
  ['pending', 'pending', 'in-step'],
  ['pending', 'accept', 'missed'],
  ['pending', 'draft', 'in-step'],
  ['pending accept', 'accept', 'in-step'],
  ['accept pending', 'accept', 'in-step'],
  ['pending accept', 'reject', 'missed'],
  ['accept reject', 'accept', 'missed'],
  ['accept reject', 'reject', 'in-step'],
  // The pull may be older than the reject.
  ['accept reject*', 'accept', 'contradicted'],
  ['accept* reject', 'accept', 'missed'],
  // The clock was ahead.
  ['accept!', 'reject', 'missed'],
  ['pending*', 'accept', 'missed'],
  // The reject waited for its confirmation when an older pull said accept. It was delivered last.
  ['reject accept+', 'reject', 'in-step'],
  ['reject accept+', 'accept', 'missed'],
  ['reject accept-', 'reject', 'missed'],
  ['reject accept-', 'accept', 'in-step'],
  ['reject*', 'reject', 'in-step'],
  // The confirmation will deliver the accept.
  ['accept?', 'accept', 'in-step'],
  // The confirmation will find the accept forged.
  ['accept?', 'reject', 'missed'],
  ['accept?', 'pending', 'in-step'],
  ['reject accept?', 'reject', 'in-step'],
  ['accept', 'pending', 'contradicted'],
  ['reject', 'draft', 'contradicted'],
  // The case was submitted again.
  ['reject pending', 'pending', 'in-step'],
  ['reject draft', 'pending', 'in-step'],
];

test.each(rows)('after "%s" a pull that says %s is %s', (words, pulled, kind) => {
  expect(decideRecovery(pulled, history(words), 21, 5).kind).toBe(kind);
});
