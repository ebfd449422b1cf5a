import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Contract, operationsOf, webhooksOf } from '../generate/contract/contract.ts';

const contract = JSON.parse(
  readFileSync(new URL('../dist/openapi.json', import.meta.url), 'utf8'),
) as Contract;

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

test('passwords and file keys are only ever sent, so types need no read and write views', () => {
  const sent = new Set(['Password', 'FileKey']);
  const writeOnly = Object.entries(contract.components.schemas).filter(([, schema]) => schema['writeOnly']);
  expect(new Set(writeOnly.map(([name]) => name))).toEqual(sent);
  const users = Object.entries(contract.components.schemas).filter(([, schema]) =>
    [...sent].some((name) => JSON.stringify(schema).includes(`"#/components/schemas/${name}"`)),
  );
  for (const [name] of users) expect(name).toMatch(/Request$/);
});
