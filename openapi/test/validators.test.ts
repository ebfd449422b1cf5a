import { readdirSync, readFileSync } from 'node:fs';
import * as examples from '@partner-ecosystem/openapi/examples';
import { parameters, requests, webhooks } from '@partner-ecosystem/openapi/validators';
import { validate } from '@partner-ecosystem/openapi/validators/webhooks/accept';
import { expect, test } from 'vitest';

const merchant = examples.requests.createMerchant.customer;
const { accept } = examples.webhooks.accept;

test('a violation gives the pointer and the keyword, and never the value', () => {
  const outcome = requests.createMerchant({ ...merchant, realmId: 'someone@example.com', mobile: 7 });
  expect(outcome).toEqual({
    ok: false,
    violations: [
      { pointer: '/realmId', keyword: 'pattern', expected: 'must match pattern "^[0-9a-f]{24}$"' },
      { pointer: '/mobile', keyword: 'type', expected: 'must be string' },
    ],
  });
  expect(JSON.stringify(outcome)).not.toContain('someone');
});

test('the violation of a missing property points to the property', () => {
  const { name: _, ...nameless } = merchant;
  expect(requests.createMerchant(nameless)).toMatchObject({
    violations: [{ pointer: '/name', keyword: 'required' }],
  });
});

test('two items of a push may have the same page', () => {
  const push = examples.requests.pushMerchant.twoDocumentsOnOnePage;
  expect(push.data[0]?.pageId).toBe(push.data[1]?.pageId);
  expect(requests.pushMerchant(push).ok).toBe(true);
});

test('a push accepts strings only', () => {
  const push = structuredClone(examples.requests.pushMerchant.twoDocumentsOnOnePage);
  const broken = { ...push, data: [{ ...push.data[0], data: { audioMatchScore: 10 } }] };
  expect(requests.pushMerchant(broken)).toMatchObject({
    violations: [{ pointer: '/data/0/data/audioMatchScore' }],
  });
});

test('only the three documented events can be registered, and an empty string clears one', () => {
  const { allEvents } = examples.requests.registerCallbacks;
  expect(requests.registerCallbacks({ ...allEvents, callbacks: { accept: '' } }).ok).toBe(true);
  expect(requests.registerCallbacks({ ...allEvents, callbacks: { draft: 'https://example.com' } }).ok).toBe(
    false,
  );
  expect(requests.registerCallbacks({ ...allEvents, callbacks: { accept: 'ftp://example.com' } }).ok).toBe(
    false,
  );
});

test('parameters are converted from text to the type of the contract', () => {
  const applicationId = '6553e0000000000000000002';
  expect(parameters.getPushMerchantSpec({ applicationId, sampleData: 'true' })).toEqual({
    ok: true,
    value: { applicationId, sampleData: true },
  });
  expect(parameters.getPushMerchantSpec({ applicationId, sampleData: 'perhaps' }).ok).toBe(false);
});

test('validateEssential refuses a callback without a status, and accepts a number for a flag', () => {
  const { status: _, ...statusless } = accept.merchantData;
  const oddFlag = { ...accept, merchantData: { ...accept.merchantData, isDeleted: 0 } };
  expect(webhooks.accept.validateEssential({ merchantData: statusless }).ok).toBe(false);
  expect(webhooks.accept.validateEssential(oddFlag).ok).toBe(true);
  expect(validate(oddFlag).ok).toBe(false);
});

test('validateKnown reports properties and enum values that the contract does not know', () => {
  const { merchantData } = accept;
  const known = (changes: object) =>
    webhooks.accept.validateKnown({ ...accept, merchantData: { ...merchantData, ...changes } });
  expect(known({ status: 'Accepted', 'branch code': 7 }).ok).toBe(true);
  expect(known({ status: 'parked' })).toMatchObject({ violations: [{ pointer: '/merchantData/status' }] });
  expect(known({ flowDetails: { name: 'x', type: 'mainflow', colour: 'red' } })).toMatchObject({
    violations: [{ pointer: '/merchantData/flowDetails/colour' }],
  });
  expect(webhooks.accept.validateKnown({ ...accept, signature: 'x' })).toMatchObject({
    violations: [{ pointer: '/signature' }],
  });
});

test('a body with thousands of violations gives a list of 100', () => {
  const data = Array.from({ length: 900 }, () => ({}));
  const outcome = requests.pushMerchant({ ...examples.requests.pushMerchant.twoDocumentsOnOnePage, data });
  expect(outcome.ok ? 0 : outcome.violations.length).toBe(100);
});

test('generated code contains no require, eval, Function constructor or dynamic import', () => {
  const folder = new URL('../dist/validators/', import.meta.url);
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  );
  expect(modules.length).toBeGreaterThan(30);
  for (const name of modules) {
    const calls = readFileSync(new URL(name, folder), 'utf8').replace(
      /"require\([^)]*\)[^"]*"|'require\([^)]*\)[^']*'/g,
      '',
    );
    expect(calls, name).not.toMatch(/\brequire\(|\beval\(|new Function\b|\bimport\(/);
  }
});
