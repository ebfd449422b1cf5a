import { write, writeSync } from 'node:fs';
import { waitUpTo } from '../time/with-timeout.ts';
import { openStandardOutput } from './standard-output.ts';

/** Lines are collected up to this time and length, and then written together. */
const maxPending = { ms: 50, characters: 8 * 1024 };

/** Characters that a slow reader may leave unread. Beyond them lines are dropped, so that memory does not fill up. */
const maxUnread = 8 * 2 ** 20;

/** Milliseconds until a reader that was too slow is tried again. */
const retryMs = 50;

/** Milliseconds that `close` waits for a slow reader. */
const closeTimeoutMs = 2000;

const lineFeed = 0x0a;

/**
 * Writes lines to standard output in batches: a write per line would cost as much as a callback. An output that fails or
 * that nobody reads neither blocks nor ends the process: its lines are dropped and counted.
 */
export function createLineWriter() {
  const descriptor = openStandardOutput();
  let pending = '';
  let unwritten: Buffer = Buffer.alloc(0);
  let dropped = 0;
  let isWriting = false;
  let isTorn = false;
  let timer: NodeJS.Timeout | undefined;
  let onIdle = () => {};

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!isWriting) writeNext();
  };
  const writeNext = () => {
    isWriting = takePending();
    if (isWriting) write(descriptor, unwritten, onWritten);
    else onIdle();
  };
  const onWritten = (error: NodeJS.ErrnoException | null, bytes: number) => {
    if (error?.code === 'EAGAIN') return void setTimeout(writeNext, retryMs);
    advance(error, bytes);
    writeNext();
  };
  /** Whether there is something to write. */
  const takePending = () => {
    if (unwritten.length > 0) return true;
    // The first line after a torn one begins a line of its own.
    unwritten = Buffer.from(isTorn && pending !== '' ? `\n${pending}` : pending);
    pending = '';
    return unwritten.length > 0;
  };
  const advance = (error: unknown, bytes: number) => {
    if (error) {
      dropped += countLines(unwritten);
      unwritten = Buffer.alloc(0);
      return;
    }
    isTorn = unwritten[bytes - 1] !== lineFeed;
    unwritten = unwritten.subarray(bytes);
  };

  return {
    write: (line: string) => {
      if (pending.length + unwritten.length + line.length > maxUnread) {
        dropped += 1;
        return;
      }
      pending += line;
      if (pending.length > maxPending.characters) flush();
      else timer ??= setTimeout(flush, maxPending.ms);
    },
    /** Writes the collected lines now. */
    flush,
    /** Number of lines that could not be written. */
    dropped: () => dropped,
    /** Resolves when everything is written, or when the reader is too slow. Call it before the process ends. */
    close: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      onIdle = resolve;
      flush();
      await waitUpTo(closeTimeoutMs, promise);
    },
    /** Tries once to write the collected lines, for an end that must not wait. */
    closeSync: () => {
      try {
        writeSync(descriptor, pending);
      } catch {
        // The process ends anyway.
      }
    },
  };
}

function countLines(text: Buffer): number {
  let lines = 0;
  for (let at = text.indexOf(lineFeed); at >= 0; at = text.indexOf(lineFeed, at + 1)) lines += 1;
  return lines;
}
