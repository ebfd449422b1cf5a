import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The result of a tool that was run on the contract. */
export interface ToolResult {
  /** What was checked, in a few words. */
  readonly checked: string;
  /** One line for each problem. Empty if the tool reads the contract without an error. */
  readonly problems: readonly string[];
}

/** A third-party tool, and the check that the tool reads the contract. */
export interface ToolCheck {
  /** Name of the npm package. */
  readonly tool: string;
  /** What a user has to know, such as a mistake of the tool and its workaround. */
  readonly note?: string;
  /** @param folder - An empty folder of its own. */
  readonly run: (folder: string) => Promise<ToolResult>;
}

export const contract = fileURLToPath(new URL('../../openapi/dist/openapi.json', import.meta.url));

/** Runs a program that `generators/package.json` installs, and returns its output. */
export async function runProgram(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly stdout: string; readonly failed: boolean }> {
  const file = fileURLToPath(new URL(`node_modules/.bin/${program}`, import.meta.url));
  const options = {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  };
  return promisify(execFile)(file, args, options).then(
    ({ stdout }) => ({ stdout, failed: false }),
    ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ stdout: stdout + stderr, failed: true }),
  );
}

export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
