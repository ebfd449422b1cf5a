import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import type { ShellBlock } from './shell-blocks.ts';

const timeoutMs = 900_000;

/** The PATH of a reader: it has this process's Node, but no command of our own workspaces. */
const path = [dirname(process.execPath), ...(process.env['PATH'] ?? '').split(delimiter)]
  .filter((folder) => !folder.endsWith('node_modules/.bin'))
  .join(delimiter);

/**
 * Runs a block in a project. A server is stopped once it has printed its address.
 *
 * @throws Error with the output, if a command fails.
 */
export async function runBlock({ script, serves }: ShellBlock, project: string): Promise<void> {
  const shell = spawn('sh', ['-ec', script], {
    cwd: project,
    detached: true,
    env: { ...process.env, PATH: path },
  });
  const ended = Promise.withResolvers<number | null>();
  shell.once('error', ended.reject).once('close', ended.resolve);
  // The shell leads a process group, so that a signal also ends the commands of the shell.
  const stop = (signal: NodeJS.Signals) => shell.pid !== undefined && process.kill(-shell.pid, signal);
  let output = '';
  let isStopped = false;
  const timer = setTimeout(() => stop('SIGKILL'), timeoutMs);
  for (const stream of [shell.stdout, shell.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (!serves || isStopped || !/http:\/\/127\.0\.0\.1:\d+/.test(output)) return;
      isStopped = true;
      stop('SIGTERM');
    });
  const code = await ended.promise;
  clearTimeout(timer);
  if (serves ? !isStopped : code !== 0) throw new Error(`${script}\nended with ${code}:\n${output}`);
}
