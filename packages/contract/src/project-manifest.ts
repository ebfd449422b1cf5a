import { access, constants, readFile } from 'node:fs/promises';
import type { Manifest } from './use-corrected.ts';

/**
 * Reads the `package.json` of a project, as it is written and as it is parsed.
 *
 * @throws Error that says what is wrong with the file, and what to do.
 */
export async function readManifest(
  file: string,
): Promise<{ readonly text: string; readonly manifest: Manifest }> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `package.json cannot be read (${error.code}). Run the command in the folder of your project.`,
    );
  });
  const manifest = parseObject(text);
  if (!manifest)
    throw new Error('package.json is not a JSON object. Correct the file, and run the command again.');
  return { text, manifest };
}

/** @throws Error if `--write` cannot change the file. */
export async function assertWritable(file: string): Promise<void> {
  await access(file, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `--write cannot change package.json (${error.code}). Make the file writable, or leave out --write.`,
    );
  });
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
