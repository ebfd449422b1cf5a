import { expect, test } from 'vitest';
import { limitRepeats } from '../../src/log/limit-repeats.ts';

test('lets what is alike through once a second, and says how many were held back', () => {
  const isWorthALine = limitRepeats();
  const said = [0, 1, 500, 999, 1000, 1001, 5000].map((now) => isWorthALine('token', now));
  expect(said).toEqual([0, undefined, undefined, undefined, 3, undefined, 1]);
});

test('holds back nothing that is unlike', () => {
  const isWorthALine = limitRepeats();
  expect(['token', 'header', 'token,header', 'token'].map((kind) => isWorthALine(kind, 1))).toEqual([
    0,
    0,
    0,
    undefined,
  ]);
});
