import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';

const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');

/** How a Redocly command ended. */
export interface RedoclyRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Redocly command in `folder`, without telemetry. A failed command is a result, not an error. */
export function runRedocly(args: readonly string[], folder: string): Promise<RedoclyRun> {
  const options = {
    cwd: folder,
    // Without the caller's environment no credentials, proxies or colour settings reach Redocly.
    env: { HOME: tmpdir(), REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => {
      const exitCode = typeof error?.code === 'number' ? error.code : Number(error !== null);
      resolve({ exitCode, stdout, stderr });
    });
  });
}

/**
 * Runs a Redocly command in `folder`, without telemetry, and returns what the command printed to stdout.
 *
 * @throws Error with the whole output if the command fails.
 */
export async function redocly(args: readonly string[], folder: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runRedocly(args, folder);
  if (exitCode !== 0) throw new Error(`redocly ${args[0]} failed:\n${stdout}${stderr}`);
  return stdout;
}
