import { expect, test } from 'vitest';
import { limitRepeats } from '../../src/log/create-log.ts';

test('equal refusals give one line per second, with the number of refusals left out', () => {
  const isWorthALine = limitRepeats();
  const said = [0, 1, 500, 999, 1000, 1001, 5000].map((now) => isWorthALine('token', now));
  expect(said).toEqual([0, undefined, undefined, undefined, 3, undefined, 1]);
});

test('refusals of different kinds each give a line', () => {
  const isWorthALine = limitRepeats();
  expect(['token', 'header', 'token,header', 'token'].map((kind) => isWorthALine(kind, 1))).toEqual([
    0,
    0,
    0,
    undefined,
  ]);
});
