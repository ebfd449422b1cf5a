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

/** A folder for one run, laid out as the repository, with what the workflows refer to. */
export interface Workbench {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Lays out the workflows beside what they refer to, away from the configuration of the contract's lint. */
export async function layOut(): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'workflows-'));
  await mkdir(join(folder, 'openapi/dist'), { recursive: true });
  await cp(contract, join(folder, 'openapi/dist/openapi.json'));
  await cp(join(root, 'openapi/workflows'), join(folder, 'openapi/workflows'), { recursive: true });
  await cp(join(root, controlApi), join(folder, controlApi), { recursive: true });
  await writeFile(join(folder, 'redocly.yaml'), "telemetry: 'off'\n");
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
