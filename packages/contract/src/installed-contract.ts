import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Contract } from '../../../openapi/generate/contract/contract.ts';

const packageName = '@partner-ecosystem/openapi';

/** The contract that a project has installed. */
export interface InstalledContract {
  /** The folder of its package. */
  readonly folder: string;
  /** The contract before any correction. */
  readonly contract: Contract;
}

/**
 * Finds the contract of a project. If the contract was corrected, the contract before the corrections is read.
 *
 * @throws Error if the project has no contract, or the contract of another version of the kit.
 */
export async function readInstalledContract(project: string, version: string): Promise<InstalledContract> {
  const folder = dirname(await assertSameVersion(project, version));
  const uncorrected = join(folder, 'dist/uncorrected.json');
  const file = existsSync(uncorrected) ? uncorrected : join(folder, 'dist/openapi.json');
  return { folder, contract: JSON.parse(await readFile(file, 'utf8')) as Contract };
}

/**
 * Returns the path of the `package.json` of a project's contract.
 *
 * @throws Error if the project has no contract, or the contract of another version of the kit.
 */
export async function assertSameVersion(project: string, version: string): Promise<string> {
  const manifest = findManifest(project);
  const { version: installed } = JSON.parse(await readFile(manifest, 'utf8')) as { readonly version: string };
  if (installed !== version)
    throw new Error(
      `The project has ${packageName} ${installed}, but this is version ${version} of the command. Install the same version of both.`,
    );
  return manifest;
}

function findManifest(project: string): string {
  try {
    return createRequire(pathToFileURL(join(project, 'package.json'))).resolve(`${packageName}/package.json`);
  } catch {
    throw new Error(
      `The project has no ${packageName}. Run the command where the client or the sandbox is installed.`,
    );
  }
}
