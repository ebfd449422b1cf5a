import { once } from 'node:events';
import { pino } from 'pino';
import { waitUpTo } from '../time/with-timeout.ts';

/** Lines are collected up to this time and length, and then written together. */
const maxPending = { ms: 50, characters: 8 * 1024 };

/** Bytes that a slow reader may leave unread. Beyond them lines are dropped, so that memory does not fill up. */
const maxUnreadBytes = 8 * 2 ** 20;

/** Milliseconds that `close` waits for a slow reader. */
const closeTimeoutMs = 2000;

/** Writes lines to standard output in batches: a write per line would cost as much as a callback. */
export function createLineWriter() {
  // Asynchronous: a slow reader of the log must not slow the receiver.
  const destination = pino.destination({ fd: 1, sync: false, maxLength: maxUnreadBytes });
  let pending = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (pending !== '') destination.write(pending);
    pending = '';
  };
  return {
    write: (line: string) => {
      pending += line;
      if (pending.length > maxPending.characters) flush();
      else timer ??= setTimeout(flush, maxPending.ms);
    },
    /** Writes the collected lines now. */
    flush,
    /** Resolves when everything is written, or when the reader is too slow. Call it before the process ends. */
    close: async () => {
      flush();
      const closed = once(destination, 'close');
      destination.end();
      await waitUpTo(closeTimeoutMs, closed);
    },
    /** Closes at once, for an end that must not wait. A line that is being written may be lost. */
    closeSync: () => {
      flush();
      destination.flushSync();
    },
  };
}
