import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createControlApi } from '../src/control/control-api.ts';
import { createSandbox } from '../src/index.ts';
import { redocly } from './workflows/redocly.ts';

const description = fileURLToPath(new URL('../control-api/openapi.yaml', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'control-api-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the description of the control API has no problem by the recommended rules', async () => {
  const { exitCode, output } = await redocly(
    ['lint', description, '--extends', 'recommended', '--format', 'json'],
    folder,
  );
  expect(output).toContain('"problems": []');
  expect(exitCode).toBe(0);
});

test('the control API is described operation by operation', async () => {
  const bundle = join(folder, 'openapi.json');
  await redocly(['bundle', description, '--output', bundle], folder);
  const { paths } = JSON.parse(await readFile(bundle, 'utf8')) as { readonly paths: object };
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = createControlApi(createSandbox(), 'not-a-real-token')
    .routes.filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/, '{$1}')}`);
  expect(described.sort()).toEqual(served.sort());
});
