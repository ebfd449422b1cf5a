import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
const folder = fileURLToPath(new URL('../', import.meta.url));

/**
 * Runs a command of Redocly's in the contract's folder, without its telemetry.
 *
 * @returns What it printed.
 * @throws Error with all that it printed, where it fails.
 */
export async function redocly(...args: string[]): Promise<string> {
  const options = {
    cwd: folder,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
    maxBuffer: 64 * 1024 * 1024,
  };
  try {
    return (await promisify(execFile)(process.execPath, [cli, ...args], options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`redocly ${args[0]} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
