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
  const output = createOutput();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    output.flush();
  };
  return {
    write: (line: string) => {
      if (output.add(line) > maxPending.characters) flush();
      else timer ??= setTimeout(flush, maxPending.ms);
    },
    /** Writes the collected lines now. */
    flush,
    /** Number of lines that could not be written. */
    dropped: output.dropped,
    /** Resolves when everything is written, or when the reader is too slow. Call it before the process ends. */
    close: () => waitUpTo(closeTimeoutMs, output.end()),
    /** Tries once to write the collected lines, for an end that must not wait. */
    closeSync: output.endSync,
  };
}

/** Writes to standard output, one write at a time. */
function createOutput() {
  const descriptor = openStandardOutput();
  let pending = '';
  let unwritten: Buffer = Buffer.alloc(0);
  let dropped = 0;
  let isWriting = false;
  let isTorn = false;
  let onIdle = () => {};

  const writeNext = () => {
    if (unwritten.length === 0) {
      // The first line after a torn line begins on a line of its own.
      unwritten = Buffer.from(isTorn && pending !== '' ? `\n${pending}` : pending);
      pending = '';
    }
    isWriting = unwritten.length > 0;
    if (isWriting) write(descriptor, unwritten, onWritten);
    else onIdle();
  };
  const onWritten = (error: NodeJS.ErrnoException | null, bytes: number) => {
    if (error?.code === 'EAGAIN') return void setTimeout(writeNext, retryMs);
    if (error) dropped += countLines(unwritten);
    else isTorn = unwritten[bytes - 1] !== lineFeed;
    unwritten = unwritten.subarray(error ? unwritten.length : bytes);
    return writeNext();
  };
  const flush = () => {
    if (!isWriting) writeNext();
  };
  return {
    /** Collects a line. Returns the number of collected characters. */
    add: (line: string) => {
      if (pending.length + unwritten.length + line.length > maxUnread) dropped += 1;
      else pending += line;
      return pending.length;
    },
    flush,
    dropped: () => dropped,
    /** Resolves when everything is written. */
    end: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      onIdle = resolve;
      flush();
      return promise;
    },
    endSync: () => {
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
