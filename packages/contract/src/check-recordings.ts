import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assertSameVersion } from './installed-contract.ts';
import { readGivenFile } from './read-given-file.ts';

/** The module `har` of the installed contract. Its types come from the contract that this package was built with. */
type Har = typeof import('@partner-ecosystem/openapi/har');
type Drift = ReturnType<Har['checkHar']>['drifts'][number];

/** What a recording shows. */
export interface CheckedRecording {
  readonly file: string;
  /** Number of exchanges that are operations of the contract. */
  readonly known: number;
  /** Number of other exchanges. They are not checked. */
  readonly unknown: number;
  readonly drifts: readonly Drift[];
}

/**
 * Compares HAR files with the contract that a project has installed, with the project's corrections. The result
 * contains no value that may be a person's data.
 *
 * @throws Error if a file has no exchange of the contract, or if the project lacks this contract.
 */
export async function checkRecordings(
  project: string,
  files: readonly string[],
  version: string,
): Promise<CheckedRecording[]> {
  await assertSameVersion(project, version);
  const module = createRequire(pathToFileURL(join(project, 'package.json'))).resolve(
    '@partner-ecosystem/openapi/har',
  );
  const { checkHar } = (await import(pathToFileURL(module).href)) as Har;
  return Promise.all(
    files.map(async (file) => {
      const { known, unknown, drifts } = checkFile(checkHar, file, await readJson(file));
      if (known === 0)
        throw new Error(
          `None of the ${unknown} exchanges in ${file} is an operation of the contract. Record the calls of the provider's API.`,
        );
      return { file, known, unknown, drifts };
    }),
  );
}

function checkFile(checkHar: Har['checkHar'], file: string, har: unknown): ReturnType<Har['checkHar']> {
  try {
    return checkHar(har);
  } catch (error) {
    throw error instanceof TypeError ? new Error(`${file}: ${error.message}`) : error;
  }
}

async function readJson(file: string): Promise<unknown> {
  const text = await readGivenFile(file);
  try {
    return JSON.parse(text);
  } catch {
    // The error of JSON.parse quotes the text.
    throw new Error(`${file} is not JSON. Give a HAR file.`);
  }
}
