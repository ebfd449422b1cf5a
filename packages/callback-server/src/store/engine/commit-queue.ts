/** Limits of the waiting rows, and of the rows in one commit. More than 128 rows only make a commit slower. */
export const maxQueued = { rows: 2000, bytes: 16 * 2 ** 20 };
const maxBatch = { rows: 128, bytes: 2 ** 20 };

/**
 * Number of the server's own jobs in one commit, in addition to the sender's jobs. Each commit takes own jobs, so that
 * delivery has its share. One own job can claim many callbacks, so more jobs could delay the next commit for long.
 */
const maxOwnJobs = 2;

/** A job that waits for its commit. */
export interface QueuedJob<Job, Result> extends PromiseWithResolvers<Result> {
  readonly job: Job;
  readonly bytes: number;
}

/** Jobs that wait for a commit, in the order of their arrival. The server's own jobs, of 0 bytes, have their own queue. */
export function createCommitQueue<Job, Result>() {
  const queue: QueuedJob<Job, Result>[] = [];
  const own: QueuedJob<Job, Result>[] = [];
  let queuedBytes = 0;
  const take = (count: number) => {
    const jobs = queue.splice(0, count);
    for (const { bytes } of jobs) queuedBytes -= bytes;
    return jobs;
  };
  return {
    isEmpty: () => queue.length === 0 && own.length === 0,
    /** Whether the limits leave no room for a job of that size. */
    isFull: (bytes: number) =>
      queue.length >= maxQueued.rows || (queuedBytes > 0 && queuedBytes + bytes > maxQueued.bytes),
    add: (job: Job, bytes: number) => {
      const queued = { job, bytes, ...Promise.withResolvers<Result>() };
      if (bytes === 0) own.push(queued);
      else queue.push(queued);
      queuedBytes += bytes;
      return queued.promise;
    },
    /** Removes the jobs of the next commit: as many as fit, and at least one. */
    takeBatch: () => {
      let [count, bytes] = [0, 0];
      for (const queued of queue.slice(0, maxBatch.rows)) {
        bytes += queued.bytes;
        if (bytes > maxBatch.bytes) break;
        count += 1;
      }
      return [...take(Math.max(count, 1)), ...own.splice(0, maxOwnJobs)];
    },
    takeAll: () => [...take(queue.length), ...own.splice(0)],
  };
}
