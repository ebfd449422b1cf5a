import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoreBusyError } from './store-busy-error.ts';

/** What may wait, and what of it is committed at a time. Beyond 128 rows a commit only takes longer. */
const maxQueued = { rows: 2000, bytes: 16 * 2 ** 20 };
const maxBatch = { rows: 128, bytes: 2 ** 20 };

/** What a failed commit says of those that follow. */
export type CommitFault =
  /** One of the rows is at fault: the others can be committed. */
  | 'row'
  /** Nothing can be committed now, and later perhaps it can. */
  | 'store'
  /** Nobody knows any more what is on disk. Only a new start can tell. */
  | 'fatal';

export interface GroupCommitOptions<Job, Result> {
  /** Commits all of them, or none. */
  readonly commit: (jobs: readonly Job[]) => Promise<readonly Result[]>;
  readonly faultOf: (error: unknown) => CommitFault;
  readonly onFatal: (error: unknown) => void;
  /** Told of each commit. */
  readonly onCommit: (rows: number, milliseconds: number) => void;
}

export interface GroupCommit<Job, Result> {
  /**
   * Resolves when the job is committed.
   *
   * @param bytes - What it holds of others' data. A job without any is ours, and is never turned away.
   * @throws StoreBusyError where too much waits.
   */
  add(job: Job, bytes: number): Promise<Result>;
  /** Commits nothing more, for a fault that shows elsewhere. */
  end(error: unknown): void;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
}

interface Waiting<Job, Result> extends PromiseWithResolvers<Result> {
  readonly job: Job;
  readonly bytes: number;
}

/**
 * Commits whatever waits together, so that one flush of the disk serves many. There is no timer: what comes while one
 * commit runs makes up the next, and where nothing waits there is no delay.
 */
export function createGroupCommit<Job, Result>(
  options: GroupCommitOptions<Job, Result>,
): GroupCommit<Job, Result> {
  const { commit, faultOf, onFatal, onCommit } = options;
  const queue: Waiting<Job, Result>[] = [];
  let queuedBytes = 0;
  let running: Promise<void> | undefined;
  let fatal: { error: unknown } | undefined;

  const run = async () => {
    while (queue.length > 0) {
      // What this turn of the event loop brings is to join.
      await nextTurn();
      await settle(takeBatch());
    }
    running = undefined;
  };

  const takeBatch = () => {
    let bytes = 0;
    const fits = ({ bytes: more }: { bytes: number }) => {
      bytes += more;
      return bytes <= maxBatch.bytes;
    };
    const end = queue.slice(0, maxBatch.rows).findIndex((waiting) => !fits(waiting));
    const batch = queue.splice(0, end === -1 ? maxBatch.rows : Math.max(end, 1));
    queuedBytes -= sum(batch);
    return batch;
  };

  const settle = async (batch: Waiting<Job, Result>[]) => {
    try {
      for (const [index, result] of (await commitTimed(batch)).entries()) batch[index]?.resolve(result);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === 'row' && batch.length > 1) return settleSingly(batch);
      for (const { reject } of batch) reject(error);
      if (fault === 'fatal') end(error);
    }
  };

  const commitTimed = async (batch: Waiting<Job, Result>[]) => {
    refuseAfterFatal();
    const start = performance.now();
    const results = await commit(batch.map(({ job }) => job));
    // What failed meanwhile may have taken this with it, whatever this commit says.
    refuseAfterFatal();
    onCommit(batch.length, performance.now() - start);
    return results;
  };

  const refuseAfterFatal = () => {
    if (fatal) throw fatal.error;
  };

  const settleSingly = async (batch: Waiting<Job, Result>[]) => {
    for (const waiting of batch) await settle([waiting]);
  };

  /** Never tries again: after a failed flush the next may succeed, and what the first one lost stays lost. */
  const end = (error: unknown) => {
    if (fatal) return;
    fatal = { error };
    for (const { reject } of queue.splice(0)) reject(error);
    onFatal(error);
  };

  return {
    add: (job, bytes) => {
      if (fatal) return Promise.reject(fatal.error);
      const isFull = queue.length >= maxQueued.rows || queuedBytes + bytes > maxQueued.bytes;
      if (bytes > 0 && isFull) return Promise.reject(new StoreBusyError());
      const waiting = { job, bytes, ...Promise.withResolvers<Result>() };
      queue.push(waiting);
      queuedBytes += bytes;
      running ??= run();
      return waiting.promise;
    },
    end,
    idle: () => running ?? Promise.resolve(),
  };
}

function sum(batch: readonly { bytes: number }[]): number {
  return batch.reduce((total, { bytes }) => total + bytes, 0);
}
