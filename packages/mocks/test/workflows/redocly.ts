import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const binary = join(
  dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')),
  'bin/cli.js',
);

export interface Ran {
  readonly exitCode: number;
  /** Everything it printed. */
  readonly output: string;
}

/** Runs Redocly's command line. It gets nothing of our environment, and asks nobody for news. */
export function redocly(args: readonly string[], cwd: string): Promise<Ran> {
  const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return new Promise((resolve) => {
    execFile(process.execPath, [binary, ...args], { cwd, env }, (error, stdout, stderr) => {
      const exitCode = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
      resolve({ exitCode, output: stdout + stderr });
    });
  });
}
