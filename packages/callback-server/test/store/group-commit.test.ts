import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type CommitFault, createGroupCommit } from '../../src/store/engine/group-commit.ts';
import { StoreBusyError } from '../../src/store/engine/store-busy-error.ts';

class Fault extends Error {
  readonly fault: CommitFault;
  constructor(fault: CommitFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Commits numbers and records the batches. A batch with a refused number fails with that number's fault. */
function committing(refused: Map<number, CommitFault> = new Map(), gate: Promise<void> = Promise.resolve()) {
  const batches: number[][] = [];
  const fatal: unknown[] = [];
  const commits = createGroupCommit<number, number>({
    commit: async (jobs) => {
      batches.push([...jobs]);
      await gate;
      const fault = jobs.map((job) => refused.get(job)).find((each) => each !== undefined);
      if (fault) throw new Fault(fault);
      return jobs.map((job) => job * 10);
    },
    faultOf: (error) => (error instanceof Fault ? error.fault : 'store'),
    onFatal: (error) => fatal.push(error),
    onCommit: () => {},
  });
  const addAll = (jobs: number[], bytes = 1) =>
    Promise.allSettled(jobs.map((job) => commits.add(job, bytes))).then((results) =>
      results.map((result) => (result.status === 'fulfilled' ? result.value : result.reason)),
    );
  return { commits, batches, fatal, addAll };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

test('waiting jobs share one commit, and each gets its own result', async () => {
  const { addAll, batches } = committing();
  expect(await addAll([1, 2, 3])).toEqual([10, 20, 30]);
  expect(batches).toEqual([[1, 2, 3]]);
});

test('jobs that arrive during a commit share the next commit', async () => {
  const gate = Promise.withResolvers<void>();
  const { addAll, batches } = committing(new Map(), gate.promise);
  const first = addAll([1]);
  while (batches.length === 0) await nextTurn();
  const rest = addAll([2, 3]);
  gate.resolve();
  await Promise.all([first, rest]);
  expect(batches).toEqual([[1], [2, 3]]);
});

test('a commit holds at most 128 rows and a megabyte, and at least one row', async () => {
  const byRows = committing();
  await byRows.addAll(upTo(300));
  expect(byRows.batches.map(({ length }) => length)).toEqual([128, 128, 44]);
  const byBytes = committing();
  await byBytes.addAll(upTo(5), 400_000);
  expect(byBytes.batches.map(({ length }) => length)).toEqual([2, 2, 1]);
  const huge = committing();
  await huge.addAll(upTo(2), 3_000_000);
  expect(huge.batches.map(({ length }) => length)).toEqual([1, 1]);
});

test('a bad row fails alone', async () => {
  const { addAll } = committing(new Map([[2, 'row']]));
  expect(await addAll([1, 2, 3])).toEqual([10, expect.any(Fault), 30]);
});

test('a commit that fails fails its batch, and later jobs succeed', async () => {
  const refused = new Map<number, CommitFault>([[1, 'store']]);
  const { addAll, batches } = committing(refused);
  expect(await addAll([1, 2])).toEqual([expect.any(Fault), expect.any(Fault)]);
  expect(batches).toHaveLength(1);
  expect(await addAll([3])).toEqual([30]);
});

test('after a fatal fault nothing is committed', async () => {
  const { addAll, batches, fatal, commits } = committing(new Map([[1, 'fatal']]));
  expect(await addAll(upTo(300))).toEqual(upTo(300).map(() => expect.any(Fault)));
  expect(await addAll([5])).toEqual([expect.any(Fault)]);
  expect([batches.length, fatal.length]).toEqual([1, 1]);
  commits.end(new Fault('fatal'));
  expect(fatal).toHaveLength(1);
});

test("a group commit refuses jobs beyond the maximum of rows or bytes, except the server's own jobs", async () => {
  const gate = Promise.withResolvers<void>();
  const byRows = committing(new Map(), gate.promise);
  const kept = byRows.addAll(upTo(2000));
  await expect(byRows.commits.add(1, 1)).rejects.toThrow(StoreBusyError);
  const ours = byRows.commits.add(1, 0);
  gate.resolve();
  expect(await ours).toBe(10);
  expect(await kept).toHaveLength(2000);
  expect(await byRows.commits.add(1, 1)).toBe(10);

  const byBytes = committing();
  const big = byBytes.addAll(upTo(16), 2 ** 20);
  await expect(byBytes.commits.add(1, 1)).rejects.toThrow(StoreBusyError);
  expect(await big).toHaveLength(16);
  expect(await byBytes.commits.add(1, 1)).toBe(10);
});

test('a group commit closes when no job waits, and then accepts no job', async () => {
  const { addAll, commits, batches, fatal } = committing();
  void addAll(upTo(200));
  await commits.close();
  expect(batches.flat()).toHaveLength(200);
  expect(await addAll([1])).toEqual([new Error('The store is closed.')]);
  expect(fatal).toEqual([]);
});

test("each commit has room for two of the server's own jobs", async () => {
  const { commits, batches } = committing();
  const own = upTo(5).map((job) => commits.add(1000 + job, 0));
  await Promise.all([...own, ...upTo(300).map((job) => commits.add(job, 1))]);
  expect(batches.map((batch) => batch.filter((job) => job >= 1000))).toEqual([
    [1000, 1001],
    [1002, 1003],
    [1004],
  ]);
  expect(batches.map(({ length }) => length)).toEqual([130, 130, 45]);
});

test('after the end, jobs are no longer acknowledged, including jobs in flight', async () => {
  const gate = Promise.withResolvers<void>();
  const { commits, addAll, batches } = committing(new Map(), gate.promise);
  const underWay = addAll([1, 2]);
  while (batches.length === 0) await nextTurn();
  commits.end(new Fault('fatal'));
  gate.resolve();
  expect(await underWay).toEqual([expect.any(Fault), expect.any(Fault)]);
});
