import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Runtime } from '@partner-ecosystem/runtimes';
import type { Report } from './checked-runtime.ts';

const script = fileURLToPath(new URL('./in-process.ts', import.meta.url));

/** Runs the checks in a process of a runtime that reads TypeScript and finds packages by itself. */
export async function runInProcess({ name, executable, args }: Runtime, port: number): Promise<Report> {
  const server = `http://127.0.0.1:${port}`;
  const { stdout, stderr } = await promisify(execFile)(executable, [...args, script, server, name], {
    timeout: 300_000,
    // The pinned Node comes first on the PATH of scripts, and a runtime is not to be told about it.
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  const lines = stdout.trimEnd().split('\n');
  return { outcomes: JSON.parse(lines.at(-1) ?? ''), printed: stderr + lines.slice(0, -1).join('\n') };
}
