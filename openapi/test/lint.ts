import { fileURLToPath } from 'node:url';
import { runRedocly } from '@partner-ecosystem/redocly';

const folder = fileURLToPath(new URL('../', import.meta.url));

/** A problem that Redocly found. */
export interface Problem {
  ruleId: string;
  message: string;
  location: { pointer: string }[];
}

/** Lints files with one run of Redocly, and returns the problems of each file. Without files, lints the contract. */
export async function lint(config: string, ...files: string[]): Promise<Problem[][]> {
  const options = ['--config', config, '--format', 'json', '--max-problems', '1000'];
  const { stdout } = await runRedocly(['lint', ...files, ...options], folder);
  // Redocly prints one JSON document for each file.
  return stdout
    .split(/(?<=^\})\s*(?=\{)/m)
    .map((report) => (JSON.parse(report) as { problems: Problem[] }).problems);
}
