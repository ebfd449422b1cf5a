import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { requestLines } from '../dist/operations.js';
import type { Contract } from '../generate/contract/contract.ts';
import { operationsOf, webhooksOf } from '../generate/contract/operations.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const contract = JSON.parse(read('../dist/openapi.json')) as Contract;
const { schemas } = contract.components;
const operations = operationsOf(contract);

test('only createPartner uses the back-office server, and only uploads use the file store', () => {
  const idsOn = (name: string) =>
    operations.filter(({ server }) => server['x-name'] === name).map(({ operationId }) => operationId);
  expect(idsOn('backops')).toEqual(['createPartner']);
  expect(idsOn('persist')).toEqual(['uploadFile', 'uploadBase64']);
  expect(new Set(operations.map(({ server }) => server['x-name']))).toEqual(
    new Set(['backops', 'go', 'persist']),
  );
});

test('the events that can be registered are the events that have a callback', () => {
  const { callbacks } = schemas['RegisterCallbacksRequest']?.properties ?? {};
  const events = webhooksOf(contract).map(({ event }) => event);
  expect(Object.keys(callbacks?.properties ?? {}).sort()).toEqual(events.sort());
});

test('a registered URL receives the event of its name', () => {
  const callbacks = contract.paths['/api/distributors/callback']?.post?.callbacks ?? {};
  for (const [event, byUrl] of Object.entries(callbacks))
    expect(Object.values(byUrl), event).toEqual([contract.webhooks[event]]);
  expect(Object.keys(callbacks)).toEqual(Object.keys(contract.webhooks));
});

test('write-only schemas occur in requests only, so that types need no read and write variants', () => {
  const writeOnly = Object.keys(schemas).filter((name) => schemas[name]?.['writeOnly']);
  expect(writeOnly.sort()).toEqual(['FileKey', 'Password']);
  const references = writeOnly.map((name) => `"#/components/schemas/${name}"`);
  for (const [name, schema] of Object.entries(schemas))
    if (references.some((reference) => JSON.stringify(schema).includes(reference)))
      expect(name).toMatch(/Request$/);
});

test('a request line has what a page documents of each success, and nothing that is only observed or inferred', () => {
  const documented = Object.entries(requestLines).flatMap(([operationId, { result = [] }]) =>
    result.map((name) => `${operationId}: ${name}`),
  );
  expect(documented).toEqual([
    'loginPartner: id',
    'createMerchant: id',
    'pullMerchant: result',
    'uploadFile: file',
    'uploadBase64: file',
  ]);
});
