import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runRedocly } from '@partner-ecosystem/redocly';

/** The configuration, beside the compiled rules. */
const config = fileURLToPath(new URL('redocly.yaml', import.meta.url));

/** The part of a report of `redocly lint` that we read. */
interface Report {
  readonly problems: readonly {
    readonly message: string;
    readonly location: readonly { readonly pointer?: string }[];
  }[];
}

/**
 * Lints a corrected contract with our rules: an addition needs a description, an example and a classification.
 *
 * @throws Error with a line for each problem: its JSON pointer, and what to do.
 */
export async function lintContract(file: string): Promise<void> {
  const args = ['lint', file, '--config', config, '--format', 'json'];
  const { exitCode, stdout, stderr } = await runRedocly(args, dirname(file));
  if (exitCode === 0) return;
  if (!stdout.startsWith('{')) throw new Error(`redocly lint failed:\n${stdout}${stderr}`);
  const { problems } = JSON.parse(stdout) as Report;
  const faults = problems.map(
    ({ message, location: [place] }) => `${place?.pointer?.replace(/^#/, '')}: ${message}`,
  );
  throw new Error(['The corrected contract breaks these rules:', ...faults].join('\n'));
}
