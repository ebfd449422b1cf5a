import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runRedocly } from '@partner-ecosystem/redocly';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { createControlApi } from '../../src/control/control-api.ts';
import { callbackFaultKinds, createSandboxes, requestFaultKinds } from '../../src/index.ts';
import { startSandbox } from '../../src/node.ts';

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

test('the description lists the status of each request that is refused', async () => {
  const { paths } = parse(await readFile(description, 'utf8')) as {
    readonly paths: { readonly [path: string]: { readonly [method: string]: Described } };
  };
  const controlToken = 'not-a-real-control-token';
  const running = await startSandbox({ port: 0, controlPort: 0, controlToken });
  onTestFinished(running.close);
  const unlisted: string[] = [];
  for (const [path, item] of Object.entries(paths))
    for (const method of methodsOf(item)) {
      const url =
        running.controlUrl + path.replace('{sandboxId}', 'default').replaceAll(/\{\w+\}/g, 'unknown');
      const isRead = method === 'get';
      for (const [query, headers, body] of isRead ? wrongReads : [...wrongReads, ...wrongWrites]) {
        const response = await fetch(`${url}${query}`, {
          method: method.toUpperCase(),
          headers: { authorization: `Bearer ${controlToken}`, ...headers },
          ...(!isRead && { body }),
        });
        const { operationId, responses } = item[method] ?? { responses: {} };
        if (!(response.status in responses)) unlisted.push(`${operationId} ${response.status}`);
      }
    }
  expect([...new Set(unlisted)]).toEqual([]);
});

interface Described {
  readonly operationId?: string;
  readonly responses: object;
}

const json = { 'content-type': 'application/json' };
type WrongRequest = readonly [query: string, headers: Record<string, string>, body: string];
/** Requests that every operation refuses. */
const wrongReads: readonly WrongRequest[] = [
  ['?unknown=1', json, '{}'],
  ['', { ...json, authorization: 'Bearer wrong' }, '{}'],
  ['', { ...json, origin: 'http://another.test' }, '{}'],
];
/** Requests that every operation refuses if the operation changes something. */
const wrongWrites: readonly WrongRequest[] = [
  ['', json, '['],
  ['', json, JSON.stringify({ unknown: 'x'.repeat(70_000) })],
  ['', {}, '{}'],
];

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
