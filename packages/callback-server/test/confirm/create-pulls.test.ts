import { expect, test } from 'vitest';
import { createPulls, PullRefusedError } from '../../src/confirm/create-pulls.ts';

test('an id that cannot be sent is refused, and does not count as a pull that worked', async () => {
  let time = 0;
  const provider = () => ({ pullMerchant: () => Promise.reject(new TypeError('the id cannot be sent')) });
  const outcomes: string[] = [];
  const pulls = createPulls(
    provider,
    60,
    (outcome) => outcomes.push(outcome),
    () => time,
  );
  time = 5000;
  await expect(pulls.pull('..', 'realm', new AbortController().signal)).rejects.toThrow(PullRefusedError);
  expect([pulls.workingMs(), pulls.silentMs(), outcomes]).toEqual([0, 5000, ['refused']]);
});
