import { constants, fstatSync, openSync } from 'node:fs';

const standardOutput = 1;

/**
 * A descriptor of standard output on which a write never waits for a reader: a write that would wait fails with
 * `EAGAIN`.
 */
export function openStandardOutput(): number {
  // Node makes pipes and sockets non-blocking when it opens its own streams on them.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const stats = fstatSync(standardOutput);
  if (!stats.isCharacterDevice()) return standardOutput;
  try {
    // A terminal can be stopped by its user. Other processes share the terminal, so the server opens it for itself.
    return openSync('/dev/fd/1', constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return standardOutput;
  }
}
