import { fileURLToPath } from 'node:url';
import { runRedocly } from '@partner-ecosystem/redocly';

const folder = fileURLToPath(new URL('../', import.meta.url));

/** A problem that Redocly found. */
export interface Problem {
  ruleId: string;
  message: string;
  location: { pointer: string }[];
}

/** Runs `redocly lint` with more arguments in the contract's folder. Problems are a result, not a failure. */
export async function lint(...args: string[]): Promise<Problem[]> {
  const { stdout } = await runRedocly(
    ['lint', '--format', 'json', '--max-problems', '1000', ...args],
    folder,
  );
  return (JSON.parse(stdout) as { problems: Problem[] }).problems;
}
