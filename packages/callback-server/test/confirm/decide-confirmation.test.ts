import { expect, test } from 'vitest';
import {
  type Comparison,
  decideConfirmation,
  type Unconfirmed,
} from '../../src/confirm/decide-confirmation.ts';

const agrees: Comparison = { kind: 'agrees' };
const disagrees: Comparison = { kind: 'disagrees', reason: 'the pull says pending' };
const refused: Comparison = { kind: 'refused', reason: 'the provider refuses the pull' };
const failed: Comparison = { kind: 'failed', reason: 'the pull failed: ServerError' };
const minute = 60_000;

/** Minutes: the age of the callback, the time for which pulls have worked, and the time since the last success. */
const rows: readonly (readonly [Comparison, number, number, number, Unconfirmed, string])[] = [
  [agrees, 0, 0, 0, 'wait', 'confirmed'],
  [agrees, 100, 0, 0, 'quarantine', 'confirmed'],
  [disagrees, 14, 100, 0, 'wait', 'open'],
  [disagrees, 15, 100, 0, 'wait', 'quarantined'],
  [disagrees, 15, 100, 0, 'deliver', 'quarantined'],
  [disagrees, 100, 14, 0, 'deliver', 'open'],
  [disagrees, 100, 15, 0, 'wait', 'quarantined'],
  // A refused pull while no other pull succeeds may be an outage.
  [refused, 100, 200, 86, 'wait', 'open'],
  [refused, 100, 200, 85, 'wait', 'quarantined'],
  [refused, 100, 200, 59, 'deliver', 'quarantined'],
  [refused, 60, 0, 60, 'deliver', 'quarantined'],
  // The clock has jumped, or other pulls succeed.
  [failed, 10_000, 0, 59, 'deliver', 'open'],
  [failed, 59, 0, 59, 'deliver', 'open'],
  [failed, 60, 0, 60, 'deliver', 'unconfirmed'],
  [failed, 60, 0, 60, 'quarantine', 'quarantined'],
  [failed, 10_000, 0, 10_000, 'wait', 'open'],
];

test.each(rows)(
  '%j after %i min, pulls working for %i min, the last success %i min ago, unconfirmed %s: %s',
  (comparison, age, working, silent, unconfirmed, state) => {
    const limits = { agreeMs: 15 * minute, unconfirmed, unconfirmedAfterMs: 60 * minute };
    const times = { ageMs: age * minute, workingMs: working * minute, silentMs: silent * minute };
    expect(decideConfirmation(comparison, times, limits).state).toBe(state);
  },
);
