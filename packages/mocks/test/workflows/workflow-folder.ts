import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
export const contract: string = createRequire(import.meta.url).resolve(
  '@partner-ecosystem/openapi/openapi.json',
);
export const controlApi: string = 'packages/mocks/control-api/openapi.yaml';

/** A temporary folder with the files that the workflows refer to, at the same paths as in the repository. */
export interface WorkflowFolder {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Copies the workflows and their files into a folder without the lint configuration of the contract. */
export async function copyWorkflows(): Promise<WorkflowFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'workflows-'));
  await mkdir(join(folder, 'openapi/dist'), { recursive: true });
  await cp(contract, join(folder, 'openapi/dist/openapi.json'));
  await cp(join(root, 'openapi/workflows'), join(folder, 'openapi/workflows'), { recursive: true });
  await cp(join(root, controlApi), join(folder, controlApi), { recursive: true });
  await writeFile(join(folder, 'redocly.yaml'), "telemetry: 'off'\n");
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
