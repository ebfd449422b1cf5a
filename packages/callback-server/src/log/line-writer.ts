import { once } from 'node:events';
import { pino } from 'pino';
import { within } from '../time/within.ts';

/** Lines wait for others as long as this, in milliseconds and characters. */
const company = { ms: 50, characters: 8 * 1024 };

/** Bytes that a slow reader may leave unread. Beyond them lines are dropped, rather than memory filled. */
const maxUnreadBytes = 8 * 2 ** 20;

/** How long the end waits for a reader. */
const timeoutMs = 2000;

/** Writes lines to standard output, many at a time: a write for each would cost as much as a callback does. */
export interface LineWriter {
  write(line: string): void;
  /** Has what waits written now. */
  flush(): void;
  /** Resolves once everything is out, for those who are about to end the process, or once a reader is too slow. */
  close(): Promise<void>;
  /** The same at once, for an end that must not wait: what is just being written may be missing. */
  closeSync(): void;
}

export function createLineWriter(): LineWriter {
  // Not waited for: a slow reader of the log must not slow the door.
  const destination = pino.destination({ fd: 1, sync: false, maxLength: maxUnreadBytes });
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (held !== '') destination.write(held);
    held = '';
  };
  return {
    write: (line) => {
      held += line;
      if (held.length > company.characters) flush();
      else timer ??= setTimeout(flush, company.ms);
    },
    flush,
    close: async () => {
      flush();
      const closed = once(destination, 'close');
      destination.end();
      await within(timeoutMs, closed);
    },
    closeSync: () => {
      flush();
      destination.flushSync();
    },
  };
}
