import { expect, test } from 'vitest';
import {
  type Comparison,
  decideConfirmation,
  type Unconfirmed,
} from '../../src/confirm/decide-confirmation.ts';

const agrees: Comparison = { kind: 'agrees' };
const disagrees: Comparison = { kind: 'disagrees', reason: 'the pull says pending' };
const failed: Comparison = { kind: 'failed', reason: 'the pull failed: ServerError' };
const minute = 60_000;

/** Ages in minutes: of the callback, and of the working pulls. */
const rows: readonly (readonly [Comparison, number, number, Unconfirmed, string])[] = [
  [agrees, 0, 0, 'wait', 'confirmed'],
  [agrees, 100, 0, 'quarantine', 'confirmed'],
  [disagrees, 14, 100, 'wait', 'open'],
  [disagrees, 15, 100, 'wait', 'quarantined'],
  [disagrees, 15, 100, 'deliver', 'quarantined'],
  [disagrees, 100, 14, 'deliver', 'open'],
  [disagrees, 100, 15, 'wait', 'quarantined'],
  [failed, 59, 0, 'deliver', 'open'],
  [failed, 60, 0, 'deliver', 'unconfirmed'],
  [failed, 60, 0, 'quarantine', 'quarantined'],
  [failed, 10_000, 0, 'wait', 'open'],
];

test.each(rows)(
  '%j after %i min, pulls working for %i min, unconfirmed %s: %s',
  (comparison, age, working, unconfirmed, state) => {
    const limits = { agreeMs: 15 * minute, unconfirmed, unconfirmedAfterMs: 60 * minute };
    expect(decideConfirmation(comparison, age * minute, working * minute, limits).state).toBe(state);
  },
);
