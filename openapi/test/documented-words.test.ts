import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Contract } from '../generate/contract/contract.ts';

const contract = JSON.parse(
  readFileSync(new URL('../dist/openapi.json', import.meta.url), 'utf8'),
) as Contract;
const { schemas } = contract.components;

// Exact values from the vendor's pages and samples. A misspelt value would make a request with another meaning.
test.each([
  [
    'FileTtl',
    [
      '2 mins',
      '10 mins',
      '30 mins',
      '2 hrs',
      '12 hrs',
      '24 hrs',
      '7 days',
      '15 days',
      '1 month',
      '3 month',
      '6 month',
      '1 year',
      '3 years',
      'infinity',
    ],
  ],
  ['UploadMediaType', ['image/jpeg', 'image/png', 'image/jpg', 'application/pdf']],
  ['FormFlag', ['true', 'false']],
])('%s accepts exactly the documented values', (name, values) => {
  expect(schemas[name]?.['enum']).toEqual(values);
});

test.each([
  ['Status', ['new', 'pending', 'accept', 'reject', 'draft']],
  ['SubStatus', ['notEscalated']],
  ['EventStatus', ['onboardingCompleted']],
  ['DecisionEngineResult', ['uncertain', 'safe', 'unsafe']],
  ['FlowType', ['mainflow', 'subflow']],
  [
    'ErrorCode',
    [
      'AUTHORIZATION_REQUIRED',
      'LOGIN_FAILED',
      'REALM_REQUIRED',
      'INVALID_TOKEN',
      'USERNAME_EMAIL_REQUIRED',
      'MODEL_NOT_FOUND',
    ],
  ],
  ['ValidationRule', ['presence', 'uniqueness']],
])('%s knows every observed value', (name, values) => {
  expect(schemas[name]?.['x-extensible-enum']).toEqual(expect.arrayContaining(values));
});

test.each([
  ['CreateMerchantRequest', ['realmId', 'realm', 'name', 'email', 'mobile', 'flowId', 'signzyAppId']],
  ['PushMerchantRequest', ['flowId', 'realmId', 'merchantId', 'data']],
  ['PushMerchantItem', ['pageId', 'widgetName', 'data']],
  ['RegisterCallbacksRequest', ['distributorId', 'realmId', 'flowId', 'callbacks']],
  ['LoginPartnerRequest', ['username', 'password']],
])('%s requires the documented properties', (name, properties) => {
  expect(schemas[name]?.required?.toSorted()).toEqual(properties.toSorted());
});

test('responses and callbacks require only the properties that receivers can rely on', () => {
  const required = (name: string) => schemas[name]?.required ?? [];
  for (const name of ['Merchant', 'MerchantCallbackData', 'BasicDetails'])
    expect(required(name)).toEqual(['id', 'status']);
  for (const name of ['Partner', 'PartnerLogin']) expect(required(name)).toEqual(['id']);
  for (const name of [
    'PartnerLink',
    'FlowAssignment',
    'PushMerchantResult',
    'CallbackRegistration',
    'LoopBackError',
  ])
    expect(required(name)).toEqual([]);
});
