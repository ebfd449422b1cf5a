import { parameters, redact, requests, responses, webhooks } from '@partner-ecosystem/openapi/classification';
import * as examples from '@partner-ecosystem/openapi/examples';
import { operations } from '@partner-ecosystem/openapi/operations';
import * as validators from '@partner-ecosystem/openapi/validators';
import { expect, test } from 'vitest';

const merchant = examples.responses.createMerchant[200].created;

test('every request, response and callback of the contract is classified', () => {
  for (const operation of Object.values(operations)) {
    expect(operation.operationId in requests, operation.operationId).toBe('requestType' in operation);
    expect(responses[operation.operationId][200], operation.operationId).toBeDefined();
  }
  expect(Object.keys(webhooks)).toEqual(Object.keys(examples.webhooks));
  expect(Object.keys(parameters)).toEqual(Object.keys(validators.parameters));
});

test('redact masks personal data, removes bearer secrets and keeps ids and statuses', () => {
  const redacted = redact(merchant, responses.createMerchant[200]);
  expect(redacted).toMatchObject({ id: merchant.id, status: 'new', signzyAppId: 'EXAMPLE-0001' });
  expect(redacted).not.toHaveProperty('autoLoginUrl');
  const text = JSON.stringify(redacted);
  for (const secret of ['Asha', 'asha@', '"0000000002"', 'EX-01', '/al/']) expect(text).not.toContain(secret);
});

test('redact removes the password and the token of a login', () => {
  expect(redact(examples.requests.loginPartner.credentials, requests.loginPartner)).toEqual({
    username: '[PII]',
  });
  expect(redact(examples.responses.loginPartner[200].token, responses.loginPartner[200])).not.toHaveProperty(
    'id',
  );
});

test('redact masks every page variable of a push, under any name', () => {
  const text = JSON.stringify(
    redact(examples.requests.pushMerchant.twoDocumentsOnOnePage, requests.pushMerchant),
  );
  for (const secret of ['Asha', 'XXXXX0000X', 'xxxxxxxx0000', 'persist.example.com'])
    expect(text).not.toContain(secret);
  expect(text).toContain('Business Pan');
});

test('redact masks everything that the contract does not name', () => {
  const classified = responses.linkPartner[200];
  expect(redact({ id: 'x', surprise: { name: 'Asha' } }, classified)).toEqual({
    id: 'x',
    surprise: '[unclassified]',
  });
  expect(redact({ id: 'x' }, undefined)).toBe('[unclassified]');
});

test('redact masks a value whose shape differs from the contract', () => {
  expect(redact({ ...merchant, status: { name: 'Asha' } }, responses.createMerchant[200])).toMatchObject({
    status: '[other]',
  });
  expect(redact({ ...merchant, flowDetails: 'Asha' }, responses.createMerchant[200])).toMatchObject({
    flowDetails: '[unclassified]',
  });
  expect(redact([merchant], responses.createMerchant[200])).toBe('[unclassified]');
});

test('redact treats properties of Object.prototype as unknown properties', () => {
  const hostile = JSON.parse('{"__proto__": "Asha", "constructor": "Asha"}');
  expect(JSON.stringify(redact(hostile, responses.linkPartner[200]))).not.toContain('Asha');
});
