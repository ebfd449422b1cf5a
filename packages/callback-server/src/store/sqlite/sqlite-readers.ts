import { SqliteThreadError } from './sqlite-error.ts';
import type { SqliteCall, SqliteFiles } from './sqlite-requests.ts';
import { startThread } from './start-thread.ts';

/**
 * Reads on a thread of its own, so that long lists delay neither receiving nor delivering. The thread starts with the
 * first read. After a fault the thread starts again with the next read, and the store goes on.
 */
export function createReaders(files: SqliteFiles) {
  let thread: Promise<ReturnType<typeof startThread>> | undefined;
  let isClosed = false;
  const start = async () => {
    const started = startThread(files, () => {
      thread = undefined;
    });
    await started.opened;
    return started;
  };
  return {
    read: async (call: SqliteCall): Promise<unknown> => {
      if (isClosed) throw new SqliteThreadError('The database is closed.');
      thread ??= start();
      try {
        return (await thread).ask({ type: 'read', call });
      } catch (error) {
        thread = undefined;
        throw error;
      }
    },
    close: async () => {
      isClosed = true;
      const started = await thread?.catch(() => undefined);
      await started?.ask({ type: 'close' });
    },
  };
}
