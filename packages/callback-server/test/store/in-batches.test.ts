import { expect, test } from 'vitest';
import { inBatches } from '../../src/store/engine/in-batches.ts';

/** Runs that end when the test calls `end`. */
function heldRuns() {
  const runs: { items: readonly number[]; end: () => void }[] = [];
  const run = (items: readonly number[]) =>
    new Promise<readonly number[]>((resolve) => {
      runs.push({ items, end: () => resolve(items.map((item) => item * 10)) });
    });
  return { runs, call: inBatches(run) };
}

test('calls of one turn share a run, and calls that arrive during a run share the next run', async () => {
  const { runs, call } = heldRuns();
  const first = [1, 2].map(call);
  await expect.poll(() => runs.length).toBe(1);
  const second = [3, 4].map(call);
  runs[0]?.end();
  expect(await Promise.all(first)).toEqual([10, 20]);
  await expect.poll(() => runs.length).toBe(2);
  runs[1]?.end();
  expect(await Promise.all(second)).toEqual([30, 40]);
  expect(runs.map(({ items }) => items)).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a run has at most 128 items, and the others follow', async () => {
  const sizes: number[] = [];
  const call = inBatches(async (items: readonly number[]) => {
    sizes.push(items.length);
    return items;
  });
  const numbers = Array.from({ length: 300 }, (_, index) => index);
  expect(await Promise.all(numbers.map(call))).toEqual(numbers);
  expect(sizes).toEqual([128, 128, 44]);
});

test('an error about one item fails only its call; any other error fails all calls of its run', async () => {
  const call = inBatches(
    async (items: readonly string[]) => {
      for (const item of items) if (item !== 'sound') throw new Error(item);
      return items;
    },
    (error) => error instanceof Error && error.message === 'damaged',
  );
  const outcomes = async (items: string[]) =>
    (await Promise.allSettled(items.map(call))).map(({ status }) => status);
  expect(await outcomes(['sound', 'damaged', 'sound'])).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await outcomes(['sound', 'lost', 'sound'])).toEqual(['rejected', 'rejected', 'rejected']);
});
