import { setImmediate as nextTurn } from 'node:timers/promises';
import { createCommitQueue, type QueuedJob } from './commit-queue.ts';
import { StoreBusyError } from './store-busy-error.ts';

/** What a failed commit means for the next commits. */
export type CommitFault =
  /** A single row is at fault: the other rows can be committed. */
  | 'row'
  /** Nothing can be committed now, but perhaps later. */
  | 'store'
  /** The state on disk is unknown. Only a restart can find out what is on disk. */
  | 'fatal';

interface GroupCommitOptions<Job, Result> {
  /** Commits all jobs or none, and resolves to their results in the same order. */
  readonly commit: (jobs: readonly Job[]) => Promise<readonly Result[]>;
  readonly faultOf: (error: unknown) => CommitFault;
  /** Called once, after a fatal fault. */
  readonly onFatal: (error: unknown) => void;
  readonly onCommit: (rows: number, milliseconds: number) => void;
}

export interface GroupCommit<Job, Result> {
  /**
   * Resolves when the job is committed.
   *
   * @param bytes - Size of the sender's data in the job. A job of 0 bytes is the server's own job, and a full queue does
   * not reject it.
   * @throws StoreBusyError if the queue is full.
   */
  add(job: Job, bytes: number): Promise<Result>;
  /** Stops committing, after a fatal fault that showed elsewhere. */
  end(error: unknown): void;
  /** Accepts no more jobs, and resolves when no job waits. */
  close(): Promise<void>;
}

/**
 * Commits waiting jobs together, so that one disk flush serves many jobs. There is no timer: jobs that arrive during a
 * commit form the next commit, and without waiting jobs there is no delay.
 */
export function createGroupCommit<Job, Result>(
  options: GroupCommitOptions<Job, Result>,
): GroupCommit<Job, Result> {
  const { faultOf, onFatal } = options;
  const queue = createCommitQueue<Job, Result>();
  let running: Promise<void> | undefined;
  let isClosed = false;
  /** Aborted with the fatal error. */
  const failure = new AbortController();

  const run = async () => {
    while (!queue.isEmpty()) {
      // Jobs that arrive in this turn of the event loop join the batch.
      await nextTurn();
      await settle(queue.takeBatch());
    }
    running = undefined;
  };

  const settle = async (batch: QueuedJob<Job, Result>[]): Promise<void> => {
    try {
      const results = await commitUnless(failure.signal, batch, options);
      for (const [index, result] of results.entries()) batch[index]?.resolve(result);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === 'row' && batch.length > 1) {
        for (const queued of batch) await settle([queued]);
        return;
      }
      for (const { reject } of batch) reject(error);
      if (fault === 'fatal') end(error);
    }
  };

  /** Never retries: after a failed flush the next flush may succeed, but the lost data stays lost. */
  const end = (error: unknown) => {
    if (failure.signal.aborted) return;
    failure.abort(error);
    for (const { reject } of queue.takeAll()) reject(error);
    onFatal(error);
  };

  return {
    add: (job, bytes) => {
      if (failure.signal.aborted) return Promise.reject(failure.signal.reason);
      if (isClosed) return Promise.reject(new Error('The store is closed.'));
      if (bytes > 0 && queue.isFull(bytes)) return Promise.reject(new StoreBusyError());
      const committed = queue.add(job, bytes);
      running ??= run();
      return committed;
    },
    end,
    close: async () => {
      isClosed = true;
      await running;
    },
  };
}

/** @throws the reason of the failure. A failure during the commit may have lost data, even if the commit reports success. */
async function commitUnless<Job, Result>(
  failure: AbortSignal,
  batch: readonly QueuedJob<Job, Result>[],
  { commit, onCommit }: GroupCommitOptions<Job, Result>,
): Promise<readonly Result[]> {
  failure.throwIfAborted();
  const start = performance.now();
  const results = await commit(batch.map(({ job }) => job));
  failure.throwIfAborted();
  onCommit(batch.length, performance.now() - start);
  return results;
}
