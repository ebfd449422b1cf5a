import { vi } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a command in this process, after the last one, and gathers what it prints. That takes a tenth of the time of `run`,
 * which starts a process. Use `run` for `serve`, and where streams, signals or the end of the process matter.
 */
export function runInProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { exit: Promise<number>; output: () => string } {
  let output = '';
  const gather = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = Buffer.from(chunk).toString();
    // A warning of Node can come at any moment, and concerns all that runs in this process.
    if (!text.startsWith(`(node:${process.pid}) `)) output += text;
    const onWritten = rest.at(-1);
    if (typeof onWritten === 'function') onWritten();
    return true;
  };
  const exit = last.then(async () => {
    const writes = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation(gather),
    );
    try {
      return await runCommand(args, environment);
    } finally {
      for (const write of writes) write.mockRestore();
    }
  });
  last = exit;
  return { exit, output: () => output };
}
