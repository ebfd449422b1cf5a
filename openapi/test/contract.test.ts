import { expect, test } from 'vitest';
import { operationsOf, resolve, type Schema, webhooksOf } from '../build/contract.ts';
import { allSchemas, contract, schemasBelow } from './contract.ts';

test('the contract holds the nine partner operations, the two uploads and the three events', () => {
  const operations = operationsOf(contract).map(
    ({ operationId, method, path, server }) =>
      `${operationId}: ${method.toUpperCase()} ${server['x-name']} ${path}`,
  );
  expect(operations).toEqual([
    'createPartner: POST backops /api/distributors',
    'loginPartner: POST go /api/distributors/login',
    'linkPartner: POST go /api/distributorlink',
    'assignFlows: POST go /api/applications/updateDistributorLink',
    'createMerchant: POST go /api/distributors/createMerchant',
    'getPushMerchantSpec: GET go /api/distributors/pushMerchantSpec/{applicationId}',
    'pushMerchant: POST go /api/distributors/pushMerchant',
    'pullMerchant: GET go /api/distributors/pullMerchant/{merchantId}',
    'registerCallbacks: POST go /api/distributors/callback',
    'uploadFile: POST persist /api/files/upload',
    'uploadBase64: POST persist /api/base64',
  ]);
  expect(webhooksOf(contract).map(({ event }) => event)).toEqual(['accept', 'reject', 'pending']);
});

test('every scalar and every parameter says what kind of data it holds', () => {
  const unclassified = [...allSchemas()]
    .filter(({ schema }) => !schema.$ref && !['object', 'array'].includes(String(schema.type)))
    .filter(({ schema }) => !schema['x-data-classification']);
  expect(unclassified).toEqual([]);
});

test('every operation and every event says how far it can be trusted, and why', () => {
  const items = [...Object.values(contract.paths), ...Object.values(contract.webhooks)];
  const operations = items.flatMap((item) => Object.values(item));
  for (const operation of operations) {
    expect(['documented', 'observed', 'inferred'], operation.summary).toContain(operation['x-evidence']);
    expect(operation['x-evidence-basis'], operation.summary).toMatch(/\S/);
  }
});

test('every property that is marked with evidence gives its basis', () => {
  const marked = [...allSchemas()].filter(({ schema }) => 'x-evidence' in schema);
  expect(marked.length).toBeGreaterThan(80);
  expect(marked.filter(({ schema }) => !schema['x-evidence-basis'])).toEqual([]);
});

test('no response and no callback is closed to members we do not know', () => {
  const bodies = [
    ...operationsOf(contract).flatMap(({ responses }) =>
      [...responses.values()].flatMap((content) => Object.values(content)),
    ),
    ...webhooksOf(contract).map(({ body }) => body),
  ];
  const seen = new Set<string>();
  const visit = (schema: Schema, from: string): string[] =>
    [...schemasBelow(schema, from)].flatMap(({ schema: below, pointer }) => {
      const closed = below.additionalProperties === false ? [pointer] : [];
      if (!below.$ref || seen.has(below.$ref)) return closed;
      seen.add(below.$ref);
      return [...closed, ...visit(resolve<Schema>(contract, { $ref: below.$ref }), below.$ref)];
    });
  expect(bodies.flatMap(({ schema }) => visit(schema, ''))).toEqual([]);
  expect(seen.size).toBeGreaterThan(40);
});

test('passwords and file keys are only ever sent, so types need no read and write views', () => {
  const sent = new Set(['Password', 'FileKey']);
  const writeOnly = Object.entries(contract.components.schemas).filter(([, schema]) => schema['writeOnly']);
  expect(new Set(writeOnly.map(([name]) => name))).toEqual(sent);
  const users = Object.entries(contract.components.schemas).filter(([, schema]) =>
    [...sent].some((name) => JSON.stringify(schema).includes(`"#/components/schemas/${name}"`)),
  );
  for (const [name] of users) expect(name).toMatch(/Request$/);
});
