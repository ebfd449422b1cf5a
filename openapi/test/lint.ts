import { redocly } from '../generate/redocly.ts';

/** One thing that Redocly found. */
export interface Problem {
  ruleId: string;
  message: string;
  location: { pointer: string }[];
}

/** Lints what is given on the command line, run in the contract's folder. Problems are a result, not a failure. */
export async function lint(...args: string[]): Promise<Problem[]> {
  const output = await redocly('lint', '--format', 'json', '--max-problems', '1000', ...args).catch(
    (error: Error) => (error.cause as { stdout: string }).stdout,
  );
  return (JSON.parse(output) as { problems: Problem[] }).problems;
}
