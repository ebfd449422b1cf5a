import { expect, test } from 'vitest';
import { atHand } from './hosts.ts';
import { runOn } from './run-on.ts';

test(`the receiver does on ${atHand.name} what it does on all runtimes`, async () => {
  const outcomes = await runOn(atHand);
  expect(outcomes.length).toBeGreaterThan(10);
  expect(outcomes.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
});
