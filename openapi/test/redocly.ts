import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const redocly = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
const folder = fileURLToPath(new URL('../', import.meta.url));

/** One thing that Redocly found. */
export interface Problem {
  ruleId: string;
  message: string;
  location: { pointer: string }[];
}

/** Lints what is given on the command line, run in the contract's folder. */
export async function lint(...args: string[]): Promise<Problem[]> {
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [redocly, 'lint', '--format', 'json', '--max-problems', '1000', ...args],
      { cwd: folder, env: { ...process.env, REDOCLY_TELEMETRY: 'off' } },
      (_, stdout) => resolve(stdout),
    );
  });
  return (JSON.parse(output) as { problems: Problem[] }).problems;
}
