import { requests, responses } from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { expect, test, vi } from 'vitest';
import {
  type ApiResponse,
  createMerchant,
  pullOf,
  pushOf,
  type RequestParts,
  readResponse,
  readySandbox,
} from '../support/journey.ts';

const absent = '6553f1000000000000000099';
const customer = requests.createMerchant.customer;
const broker = requests.createPartner.broker;
const persist400 = { name: 'error', statusCode: '400' };

function refusal(name: string, message: unknown, code?: string) {
  return { error: { name, message, ...(code && { code }) } };
}

type Prepared = Awaited<ReturnType<typeof prepared>>;

async function prepared() {
  const ready = await readySandbox();
  const merchantId = await createMerchant(ready.api, ready.token);
  return { ...ready, merchantId, administrator: ready.sandbox.fixtures.administratorToken };
}

const json = { 'content-type': 'application/json' };
const syntaxError = refusal('SyntaxError', 'Unexpected token in JSON');
const denied = responses.pullMerchant[401].authorizationRequired;
const item = requests.pushMerchant.twoDocumentsOnOnePage.data[0];

type Case = readonly [string, OperationId, (ready: Prepared) => RequestParts, number, object];

const cases: readonly Case[] = [
  ['malformed JSON', 'loginPartner', () => ({ init: { headers: json, body: '{"a":}' } }), 400, syntaxError],
  ['a number as body', 'loginPartner', () => ({ init: { headers: json, body: '7' } }), 400, syntaxError],
  ['an empty JSON body', 'loginPartner', () => ({ init: { headers: json, body: '' } }), 400, syntaxError],
  [
    'JSON with too many levels',
    'createMerchant',
    ({ token }) => ({ token, init: { headers: json, body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` } }),
    400,
    refusal('SyntaxError', 'JSON is nested too deep'),
  ],
  [
    'another media type',
    'loginPartner',
    () => ({ init: { headers: { 'content-type': 'text/plain' }, body: '{}' } }),
    415,
    responses.loginPartner[415].unsupportedMediaType,
  ],
  ['no media type', 'loginPartner', () => ({ init: { body: new Uint8Array([123, 125]) } }), 415, {}],
  [
    'a body of more than 1 MB',
    'loginPartner',
    () => ({ json: { username: 'x'.repeat(1024 * 1024) } }),
    413,
    responses.loginPartner[413].payloadTooLarge,
  ],
  [
    'a missing argument',
    'linkPartner',
    ({ token, distributorId }) => ({ token, json: { distributorId } }),
    400,
    responses.linkPartner[400].missingArgument,
  ],
  [
    'an empty argument',
    'linkPartner',
    ({ token, distributorId }) => ({ token, json: { distributorId, realmId: '' } }),
    400,
    responses.linkPartner[400].missingArgument,
  ],
  [
    'an argument of null',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, mobile: null } }),
    400,
    refusal('Error', 'mobile is a required argument'),
  ],
  [
    'a merchant without a realm',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, realm: '' } }),
    400,
    responses.createMerchant[400].realmRequired,
  ],
  [
    'a realm with another name',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, realm: 'secret-value' } }),
    422,
    { error: { details: { codes: { realm: ['inclusion'] } } } },
  ],
  [
    'a custom field with a name of the platform',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, status: 'secret-value', actionTime: 'soon' } }),
    422,
    { error: { details: { codes: { status: ['exclusion'], actionTime: ['exclusion'] } } } },
  ],
  [
    'an array as body',
    'createMerchant',
    ({ token }) => ({ token, json: [customer] }),
    400,
    responses.createMerchant[400].realmRequired,
  ],
  [
    'an array as link',
    'linkPartner',
    ({ token }) => ({ token, json: [] }),
    422,
    { error: { details: { codes: { body: ['custom'] } } } },
  ],
  [
    'login without a username',
    'loginPartner',
    () => ({ json: { password: 'x' } }),
    400,
    responses.loginPartner[400].usernameRequired,
  ],
  [
    'login with a number as username',
    'loginPartner',
    () => ({ json: { username: 7, password: 'x' } }),
    400,
    responses.loginPartner[400].invalidUsername,
  ],
  [
    'login with a number as realm',
    'loginPartner',
    () => ({ json: { username: 'x', password: 'x', realm: 7 } }),
    400,
    refusal('Error', 'Invalid realm', 'INVALID_REALM'),
  ],
  [
    'login with a wrong password',
    'loginPartner',
    () => ({ json: { username: broker.username, password: 'x' } }),
    401,
    responses.loginPartner[401].loginFailed,
  ],
  [
    'login without a password',
    'loginPartner',
    () => ({ json: { username: broker.username } }),
    401,
    responses.loginPartner[401].loginFailed,
  ],
  [
    'login of an unknown partner',
    'loginPartner',
    () => ({ json: { username: 'constructor', password: 'x' } }),
    401,
    responses.loginPartner[401].loginFailed,
  ],
  [
    'login to an unknown realm',
    'loginPartner',
    () => ({ json: { ...requests.loginPartner.credentials, realm: 'elsewhere' } }),
    401,
    responses.loginPartner[401].loginFailed,
  ],
  [
    'a username that is taken',
    'createPartner',
    ({ administrator }) => ({ token: administrator, json: { username: broker.username, password: 'x' } }),
    422,
    responses.createPartner[422].usernameTaken,
  ],
  ['no token', 'createMerchant', () => ({ json: customer }), 401, denied],
  ['an unknown token', 'createMerchant', () => ({ token: 'constructor', json: customer }), 401, denied],
  [
    'a token after Bearer',
    'createMerchant',
    ({ token }) => ({ token: `Bearer ${token}`, json: customer }),
    401,
    denied,
  ],
  ['a partner who creates partners', 'createPartner', ({ token }) => ({ token, json: broker }), 401, denied],
  [
    'an administrator who creates merchants',
    'createMerchant',
    ({ administrator }) => ({ token: administrator, json: customer }),
    401,
    denied,
  ],
  [
    'an administrator token in the URL',
    'createPartner',
    ({ administrator }) => ({ query: `?access_token=${administrator}`, json: broker }),
    401,
    denied,
  ],
  [
    'a realm that is not linked',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, realmId: absent } }),
    401,
    denied,
  ],
  [
    'a flow that is not assigned',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, flowId: absent } }),
    401,
    denied,
  ],
  [
    'a link of another partner',
    'linkPartner',
    ({ token }) => ({ token, json: { distributorId: absent, realmId: customer.realmId } }),
    401,
    denied,
  ],
  [
    'a link of an unknown partner',
    'linkPartner',
    ({ administrator }) => ({
      token: administrator,
      json: { distributorId: absent, realmId: customer.realmId },
    }),
    404,
    refusal('Error', `Unknown "distributor" id "${absent}".`, 'MODEL_NOT_FOUND'),
  ],
  [
    'a link to an unknown realm',
    'linkPartner',
    ({ token, distributorId }) => ({ token, json: { distributorId, realmId: absent } }),
    404,
    { error: { code: 'MODEL_NOT_FOUND' } },
  ],
  [
    'an unknown flow',
    'assignFlows',
    ({ token, distributorId }) => ({
      token,
      json: { distributorId, realmId: customer.realmId, flowIds: [absent] },
    }),
    404,
    { error: { code: 'MODEL_NOT_FOUND' } },
  ],
  [
    'callbacks of another partner',
    'registerCallbacks',
    ({ token }) => ({ token, json: { ...requests.registerCallbacks.allEvents, distributorId: absent } }),
    401,
    denied,
  ],
  [
    'a push to an unknown merchant',
    'pushMerchant',
    ({ token }) => ({ token, json: pushOf(absent) }),
    400,
    responses.pushMerchant[400].merchantNotFound,
  ],
  [
    'a push to an unknown page',
    'pushMerchant',
    ({ token, merchantId }) => ({
      token,
      json: { ...pushOf(merchantId), data: [{ ...item, pageId: absent }] },
    }),
    422,
    { error: { details: { codes: { 'data.0.pageId': ['inclusion'] } } } },
  ],
  [
    'a push to a widget of another page',
    'pushMerchant',
    ({ token, merchantId }) => ({
      token,
      json: { ...pushOf(merchantId), data: [{ ...item, widgetName: 'Video Verification' }] },
    }),
    422,
    { error: { details: { codes: { 'data.0.widgetName': ['inclusion'] } } } },
  ],
  [
    'a pull of an unknown merchant',
    'pullMerchant',
    ({ token }) => pullOf(absent, token),
    404,
    responses.pullMerchant[404].modelNotFound,
  ],
  [
    'a pull without a realm',
    'pullMerchant',
    ({ token, merchantId }) => ({ ...pullOf(merchantId, token), query: '' }),
    400,
    responses.pullMerchant[400].missingArgument,
  ],
  [
    'a pull with two realms',
    'pullMerchant',
    ({ token, merchantId }) => ({ ...pullOf(merchantId, token), query: '?realmId=a&realmId=b' }),
    400,
    refusal('Error', expect.stringContaining('realmId')),
  ],
  [
    'a pull from a realm that is not linked',
    'pullMerchant',
    ({ token, merchantId }) => ({ ...pullOf(merchantId, token), query: `?realmId=${absent}` }),
    401,
    denied,
  ],
  [
    'a pull with a malformed id',
    'pullMerchant',
    ({ token }) => pullOf('%zz', token),
    404,
    refusal('Error', expect.any(String), 'MODEL_NOT_FOUND'),
  ],
  [
    'a spec with a flow that is not assigned',
    'getPushMerchantSpec',
    ({ token }) => ({
      token,
      path: `/api/distributors/pushMerchantSpec/${customer.realmId}`,
      query: `?flowId=${absent}`,
    }),
    401,
    denied,
  ],
  [
    'an unknown path',
    'pullMerchant',
    ({ token }) => ({ token, path: '/api/distributors/nothing', query: '?access_token=x&secret-value' }),
    404,
    responses.pullMerchant[404].noSuchPath,
  ],
  [
    'another method',
    'loginPartner',
    () => ({ init: { method: 'PUT' } }),
    404,
    refusal('Error', 'There is no method to handle PUT /api/distributors/login'),
  ],
  [
    'another method at the file store',
    'uploadFile',
    () => ({ init: { method: 'GET' } }),
    404,
    { name: 'error', statusCode: '404' },
  ],
  [
    'an upload without a file',
    'uploadFile',
    () => ({ init: { body: new FormData() } }),
    400,
    { ...persist400, reason: 'file is required' },
  ],
  [
    'a malformed form',
    'uploadFile',
    () => ({ init: { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: 'no form' } }),
    400,
    persist400,
  ],
  ['an upload without a form', 'uploadFile', () => ({ json: {} }), 400, persist400],
  [
    'text instead of a file',
    'uploadFile',
    () => ({ init: { body: formOf({ file: 'text' }) } }),
    400,
    { ...persist400, reason: 'file is to be sent as a file' },
  ],
  [
    'invalid base64',
    'uploadBase64',
    () => ({ json: { base64String: 'a b!', mimetype: 'image/png' } }),
    400,
    persist400,
  ],
  [
    'a file of another type',
    'uploadBase64',
    () => ({ json: { base64String: 'YQ==', mimetype: 'text/html' } }),
    400,
    persist400,
  ],
];

function formOf(fields: { readonly [name: string]: string | Blob }): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test.each(cases)('the sandbox refuses %s', async (_, operationId, partsFor, status, body) => {
  const log = vi.spyOn(console, 'error');
  const ready = await prepared();
  const before = ready.sandbox.snapshot();
  const response: ApiResponse = await ready.api.send(operationId, partsFor(ready));
  expect(response).toMatchObject({ status, body });
  expect(JSON.stringify(response.body)).not.toContain('secret-value');
  expect(ready.sandbox.snapshot()).toEqual(before);
  expect(log).not.toHaveBeenCalled();
});

test('a file over 100 MB is refused by its Content-Length', async () => {
  const { sandbox } = await readySandbox();
  const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '150000000' };
  const request = new Request('http://sandbox.test/api/files/upload', { method: 'POST', headers, body: 'x' });
  expect(await readResponse(await sandbox.fetch(request))).toMatchObject({
    status: 413,
    body: { name: 'error', statusCode: '413' },
  });
});

test('a file over 100 MB in a body that is not too large is refused with its place', async () => {
  const { api, sandbox } = await readySandbox();
  const base64String = 'A'.repeat(Math.ceil((100 * 1024 * 1024 + 1) / 3) * 4);
  const json = { ...requests.uploadBase64.image, base64String };
  const { status } = await api.send('uploadBase64', { json });
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(100 * 1024 * 1024 + 1)]), 'large.png');
  form.set('ttl', '1 month');
  const upload = await sandbox.fetch('http://sandbox.test/api/files/upload', { method: 'POST', body: form });
  expect([status, upload.status]).toEqual([413, 413]);
  expect(upload.headers.get('sandbox-violation')).toBe('/body/file maxLength');
  expect(sandbox.journal().slice(-2)).toMatchObject([
    { violations: [{ pointer: '/body/base64String', keyword: 'maxLength' }] },
    { violations: [{ pointer: '/body/file', keyword: 'maxLength' }] },
  ]);
});

test('an endless body is refused at the limit', async () => {
  const { sandbox } = await readySandbox();
  let sent = 0;
  const body = new ReadableStream({
    pull: (controller) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const init = { method: 'POST', headers: json, body, duplex: 'half' as const };
  const response = await sandbox.fetch(new Request('http://sandbox.test/api/distributors/login', init));
  expect(response.status).toBe(413);
  expect(sent).toBeLessThan(2 * 1024 * 1024);
});

test('paths match in any case and with a trailing slash', async () => {
  const { api, token } = await readySandbox();
  for (const { operationId, path } of Object.values(operations)) {
    const shouted = path.toUpperCase().replace(/\{.*\}/, customer.realmId);
    const plain = await api.send(operationId, { token, path: path.replace(/\{.*\}/, customer.realmId) });
    expect(await api.send(operationId, { token, path: shouted })).toEqual(plain);
    expect(await api.send(operationId, { token, path: `${shouted}/` })).toEqual(plain);
    expect(JSON.stringify(plain.body)).not.toContain('no method');
  }
});

test('the URL may contain a partner token', async () => {
  const { api, token } = await readySandbox();
  const spec = `/api/distributors/pushMerchantSpec/${customer.realmId}`;
  const inUrl = await api.send('getPushMerchantSpec', { path: spec, query: `?access_token=${token}` });
  expect(inUrl.status).toBe(200);
});

test('the journal says what is wrong with a refused pushMerchant', async () => {
  const { sandbox, api, token, merchantId } = await prepared();
  await api.send('pushMerchant', {
    token,
    json: { ...pushOf(merchantId), data: [{ ...item, pageId: absent }] },
  });
  await api.send('pushMerchant', { token, json: { ...pushOf(merchantId), data: [item, item] } });
  for (const entry of sandbox.journal().slice(-2)) expect(entry.basis).toMatch(/page|widget/);
});
