import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runRedocly } from '@partner-ecosystem/redocly';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createControlApi } from '../../src/control/control-api.ts';
import { callbackFaultKinds, createSandboxes, requestFaultKinds } from '../../src/index.ts';

const description = fileURLToPath(new URL('../../control-api/openapi.yaml', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'control-api-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the description of the control API passes the recommended rules', async () => {
  const { exitCode, stdout } = await runRedocly(
    ['lint', description, '--extends', 'recommended', '--format', 'json'],
    folder,
  );
  expect(stdout).toContain('"problems": []');
  expect(exitCode).toBe(0);
});

test('the description contains exactly the served operations', async () => {
  const { paths } = parse(await readFile(description, 'utf8')) as { readonly paths: object };
  const described = Object.entries(paths).flatMap(([path, item]) =>
    methodsOf(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const parts = { sandboxes: createSandboxes(), controlToken: 'not-a-real-token', apiUrl: '' };
  const served = createControlApi(parts)
    .routes.filter(({ method, path }) => method !== 'ALL' && !isOfPage(path))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  const ofOne = described.filter((operation) => !/ \/(health|sandboxes)/.test(operation));
  const ofEach = ofOne.map((operation) => operation.replace(' ', ' /s/{sandboxId}'));
  expect([...described, ...ofEach].sort()).toEqual(served.sort());
});

function methodsOf(item: object): string[] {
  return Object.keys(item).filter((key) => ['get', 'put', 'post', 'delete'].includes(key));
}

function isOfPage(path: string): boolean {
  return path === '/' || path.startsWith('/page.');
}

test('the description lists exactly the kinds of faults', async () => {
  const { components } = parse(await readFile(description, 'utf8'));
  const { RequestFaultKind, CallbackFaultKind } = components.schemas;
  expect(RequestFaultKind.enum).toEqual(Object.keys(requestFaultKinds));
  expect(CallbackFaultKind.enum).toEqual(Object.keys(callbackFaultKinds));
});
