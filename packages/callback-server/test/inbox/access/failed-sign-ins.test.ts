import { expect, test } from 'vitest';
import { createFailedSignIns } from '../../../src/inbox/access/failed-sign-ins.ts';

test('of a thousand failed sign-ins of a name within an hour, four are written, each with the count so far', () => {
  let now = 0;
  const failed = createFailedSignIns(() => now);
  const written = Array.from({ length: 1000 }, () => failed('asha')).filter((group) => group !== undefined);
  expect(written.map(({ attempts }) => attempts)).toEqual([1, 10, 100, 1000]);
  expect(failed('vera')).toEqual({ attempts: 1, since: new Date(0) });
  now = 3_600_000;
  expect(failed('asha')).toEqual({ attempts: 1, since: new Date(now) });
});

test('a group that began while the clock was ahead ends when the clock is right again', () => {
  let now = 10 * 3_600_000;
  const failed = createFailedSignIns(() => now);
  failed('asha');
  now = 0;
  expect(failed('asha')).toEqual({ attempts: 1, since: new Date(0) });
});
