import { readdirSync, readFileSync } from 'node:fs';
import * as examples from '@partner-ecosystem/openapi/examples';
import { known, parameters, requests, responses, webhooks } from '@partner-ecosystem/openapi/validators';
import { validate } from '@partner-ecosystem/openapi/validators/webhooks/accept';
import { expect, test } from 'vitest';

const merchant = examples.requests.createMerchant.customer;
const { accept } = examples.webhooks.accept;

test('a violation gives the pointer and the keyword, and never the value', () => {
  const outcome = requests.createMerchant({
    ...merchant,
    realm: { name: 'someone@example.com' },
    mobile: 9876543210,
  });
  expect(outcome).toEqual({
    ok: false,
    violations: [
      { pointer: '/realm', keyword: 'type', expected: 'must be string' },
      { pointer: '/mobile', keyword: 'type', expected: 'must be string' },
    ],
  });
  expect(JSON.stringify(outcome)).not.toMatch(/someone|9876543210/);
});

test.each(['ABCDE1234F', 'AshaRao', '9876543210', 'a~/b'])(
  'the name %s, which the contract does not have, is not shown',
  (name) => {
    const { merchantData } = accept;
    const flowDetails = { ...merchantData.flowDetails, [name]: 'x' };
    const reports = [
      webhooks.accept.validateKnown({ merchantData: { ...merchantData, flowDetails } }),
      known.requests.pushMerchant({ ...push, data: [{ ...item, data: { [name]: 7 } }] }),
      responses.createPartner.validate422({
        error: { statusCode: 422, details: { codes: { [name]: [] }, messages: { [name]: [7] } } },
      }),
    ];
    expect(reports.map(({ ok }) => ok)).toEqual([false, false, false]);
    expect(JSON.stringify(reports)).toContain('/merchantData/flowDetails/*');
    expect(JSON.stringify(reports)).not.toContain(name);
  },
);

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

const { allEvents } = examples.requests.registerCallbacks;
const { twoDocumentsOnOnePage: push } = examples.requests.pushMerchant;
const item = push.data[0];
const [link] = Object.values(examples.requests.linkPartner);
const { credentials } = examples.requests.loginPartner;
const { file, ...upload } = Object.values(examples.requests.uploadFile)[0] ?? {};

// Each case is a limit that we added. Signzy documents none of them, so the platform may accept these requests.
test.each([
  ['createMerchant', { ...merchant, realmId: merchant.realmId.toUpperCase() }, '/realmId', 'pattern'],
  ['createMerchant', { ...merchant, signzyAppId: 100000000586 }, '/signzyAppId', 'type'],
  ['pushMerchant', { ...push, data: [{ ...item, data: { score: 10 } }] }, '/data/0/data/*', 'type'],
  ['pushMerchant', { ...push, data: [{ ...item, data: { pages: ['x'] } }] }, '/data/0/data/*', 'type'],
  ['pushMerchant', { ...push, data: Array.from({ length: 1001 }, () => item) }, '/data', 'maxItems'],
  ['pushMerchant', { ...push, data: [] }, '/data', 'minItems'],
  [
    'registerCallbacks',
    { ...allEvents, callbacks: { draft: 'https://example.com' } },
    '/callbacks/*',
    'additionalProperties',
  ],
  ['registerCallbacks', { ...allEvents, callbacks: { accept: 'ftp://x' } }, '/callbacks/accept', 'pattern'],
  ['linkPartner', { ...link, realmId: undefined, applicationId: link?.realmId }, '/realmId', 'required'],
  ['linkPartner', { ...link, flowIds: [merchant.flowId, merchant.flowId] }, '/flowIds', 'uniqueItems'],
  ['assignFlows', { ...link, flowId: merchant.flowId }, '/flowIds', 'required'],
  ['loginPartner', { email: 'a@example.com', password: credentials.password }, '/username', 'required'],
  ['uploadFile', { ...upload, file, ttl: '1 months' }, '/ttl', 'enum'],
] as const)('%s accepts a request that only known refuses: %#', (operation, body, pointer, keyword) => {
  const sent = JSON.parse(JSON.stringify(body));
  expect(requests[operation](sent)).toEqual({ ok: true, value: sent });
  const reported = known.requests[operation](sent);
  expect(reported.ok ? [] : reported.violations).toContainEqual(
    expect.objectContaining({ pointer, keyword }),
  );
});

test('validateKnown of a response reports a word that the contract does not know', () => {
  const { validate200, validateKnown200 } = responses.createMerchant;
  const body = { ...examples.responses.createMerchant[200].created, status: 'parked' };
  expect(validate200(body).ok).toBe(true);
  expect(validateKnown200(body)).toMatchObject({ violations: [{ pointer: '/status' }] });
});

const { realmId: applicationId } = merchant;

test('parameters are converted from text to the type that the contract expects', () => {
  const { getPushMerchantSpec } = known.parameters;
  expect(getPushMerchantSpec({ applicationId, sampleData: 'true' })).toEqual({
    ok: true,
    value: { applicationId, sampleData: true },
  });
  expect(getPushMerchantSpec({ applicationId, sampleData: 'perhaps' }).ok).toBe(false);
});

test.each([
  ['an empty text', requests.createMerchant, known.requests.createMerchant, { ...merchant, name: '' }],
  [
    'an empty file',
    requests.uploadBase64,
    known.requests.uploadBase64,
    { base64String: '', mimetype: 'image/png' },
  ],
  [
    'a realm that is a number',
    requests.loginPartner,
    known.requests.loginPartner,
    { username: 'partner', password: 'example', realm: 7 },
  ],
  [
    'a flag that is a word',
    parameters.getPushMerchantSpec,
    known.parameters.getPushMerchantSpec,
    { applicationId, sampleData: 'perhaps' },
  ],
])('no page rules out %s: the request is valid, but not expected', (_, validate, validateKnown, input) => {
  expect(validate(structuredClone(input)).ok).toBe(true);
  expect(validateKnown(structuredClone(input)).ok).toBe(false);
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
    violations: [{ pointer: '/merchantData/flowDetails/*' }],
  });
  expect(webhooks.accept.validateKnown({ ...accept, signature: 'x' })).toMatchObject({
    violations: [{ pointer: '/*' }],
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
  expect(modules.length).toBeGreaterThan(25); // One for each request, response and event at least.
  for (const name of modules) {
    // Ajv keeps a call as text, which nothing evaluates.
    const calls = readFileSync(new URL(name, folder), 'utf8').replace(/(["'`])require\([^)]*\).*?\1/g, '');
    expect(calls, name).not.toMatch(/\brequire\(|\beval\(|new Function\b|\bimport\(/);
  }
});
