import { gzipSync } from 'node:zlib';
import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { DialectName } from '../../src/index.ts';
import {
  type ApiSession,
  createMerchant,
  pendingMerchant,
  pullOf,
  pushOf,
  readySandbox,
} from '../support/journey.ts';

type Body = string | Uint8Array<ArrayBuffer> | URLSearchParams;

const { credentials } = requests.loginPartner;
const json = { 'content-type': 'application/json' };
const text = JSON.stringify(credentials);

/** Sends a login with these headers and this body, and returns its status. */
async function logIn(api: ApiSession, headers: Record<string, string>, body: Body): Promise<number> {
  return (await api.send('loginPartner', { init: { headers, body } })).status;
}

test.each<readonly [string, DialectName, Record<string, string>, Body, number]>([
  ['gzip', 'contract', { ...json, 'content-encoding': 'gzip' }, gzipSync(text), 200],
  ['a gzip bomb', 'contract', { ...json, 'content-encoding': 'gzip' }, gzipSync('x'.repeat(2_000_000)), 413],
  ['an unknown compression', 'contract', { ...json, 'content-encoding': 'zip' }, text, 415],
  [
    'UTF-16',
    'contract',
    { 'content-type': 'application/json; charset=utf-16le' },
    Buffer.from(text, 'utf16le'),
    200,
  ],
  [
    'UTF-16 with a mark, the high bytes first',
    'contract',
    { 'content-type': 'application/json; charset=utf-16' },
    Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
    200,
  ],
  [
    'UTF-16 with a mark, the low bytes first',
    'contract',
    { 'content-type': 'application/json; charset=utf-16' },
    Buffer.from(`\uFEFF${text}`, 'utf16le'),
    200,
  ],
  ['an unknown charset', 'contract', { 'content-type': 'application/json; charset=koi8-r' }, text, 415],
  ['an empty body', 'contract', json, '', 400],
  ['a form', 'contract', {}, new URLSearchParams(credentials), 415],
  ['a form', 'framework', {}, new URLSearchParams(credentials), 200],
  ['another media type', 'framework', { 'content-type': 'text/plain' }, text, 400],
  ['200 kB', 'contract', json, JSON.stringify({ ...credentials, note: 'x'.repeat(200_000) }), 200],
  ['200 kB', 'framework', json, JSON.stringify({ ...credentials, note: 'x'.repeat(200_000) }), 413],
])('a login with %s gets the status of the dialect %s', async (_, dialect, headers, body, status) => {
  const { api } = await readySandbox({ dialect });
  expect(await logIn(api, headers, body)).toBe(status);
});

test('a compressed body is read where jsdom has replaced Blob', async () => {
  const { api } = await readySandbox();
  vi.stubGlobal('Blob', class {});
  onTestFinished(() => void vi.unstubAllGlobals());
  expect(await logIn(api, { ...json, 'content-encoding': 'gzip' }, gzipSync(text))).toBe(200);
});

test.each(['contract', 'framework'] as const)(
  'the dialect %s decides whether X-Access-Token counts',
  async (dialect) => {
    const { api, token } = await readySandbox({ dialect });
    const merchantId = await createMerchant(api, token);
    const { token: _, ...pull } = pullOf(merchantId, token);
    const { status } = await api.send('pullMerchant', {
      ...pull,
      init: { headers: { 'x-access-token': token } },
    });
    expect(status).toBe(dialect === 'framework' ? 200 : 401);
  },
);

test.each([
  ['contract', 401],
  ['framework', 400],
] as const)(
  'malformed JSON without a token gets the error of the dialect %s: %d',
  async (dialect, status) => {
    const { api } = await readySandbox({ dialect });
    expect(await api.send('createMerchant', { init: { headers: json, body: '{' } })).toMatchObject({
      status,
    });
  },
);

test.each([
  ['text/html,application/xhtml+xml,*/*;q=0.8', 'framework', 'text/html; charset=utf-8'],
  ['application/json, text/plain, */*', 'framework', 'application/json; charset=utf-8'],
  ['*/*', 'framework', 'application/json; charset=utf-8'],
  ['application/json;q=0.5, text/html;q=0.4', 'framework', 'application/json; charset=utf-8'],
  ['text/html', 'contract', 'application/json; charset=utf-8'],
] as const)(
  'an error for a client that accepts %s, in the dialect %s, is %s',
  async (accept, dialect, type) => {
    const { sandbox } = await readySandbox({ dialect });
    const response = await sandbox.fetch(new Request('http://sandbox.test/api/<b>', { headers: { accept } }));
    expect([response.status, response.headers.get('content-type')]).toEqual([404, type]);
    expect(await response.text()).not.toContain('<b>');
  },
);

test('a HEAD has the status of a GET, and no body', async () => {
  const { sandbox, api, token } = await readySandbox();
  const { path, query } = pullOf(await createMerchant(api, token), token);
  const init = { method: 'HEAD', headers: { authorization: token } };
  const response = await sandbox.fetch(new Request(`http://sandbox.test${path}${query}`, init));
  expect([response.status, await response.text()]).toEqual([200, '']);
});

test.each([
  [60, 60],
  [undefined, 1_209_600],
  [99_999_999, 31_556_926],
  ['60', 1_209_600],
])('a login that asks for a lifetime of %s seconds gets %d', async (ttl, seconds) => {
  const { api, clock } = await readySandbox();
  const { body } = await api.send('loginPartner', {
    json: { ...credentials, ...(ttl !== undefined && { ttl }) },
  });
  expect(body['ttl']).toBe(seconds);
  clock.now += seconds * 1000;
  expect(await api.send('createMerchant', { token: body['id'] ?? '', json: {} })).toMatchObject({
    status: 401,
  });
});

test('base64 with line breaks and without padding is taken, and other text is refused', async () => {
  const { api } = await readySandbox();
  const upload = (base64String: string) =>
    api.send('uploadBase64', { json: { ...requests.uploadBase64.image, base64String } });
  const [plain, broken] = [await upload('bm90IGFuIGltYWdl'), await upload('bm90IGFu\r\nIGltYWdlcw')];
  expect([plain.body['file']?.['size'], broken.body['file']?.['size']]).toEqual([12, 13]);
  expect(await upload('bm90I')).toMatchObject({ status: 400 });
  expect(await upload('bm90-GFuIGltYWdl')).toMatchObject({ status: 400 });
});

test.each(['warn', 'refuse'] as const)(
  'a push with the address of an expired file gets the response of expiredFiles %s',
  async (expiredFiles) => {
    const { sandbox, api, token, clock } = await readySandbox({ expiredFiles });
    const { body } = await api.send('uploadBase64', {
      json: { ...requests.uploadBase64.image, ttl: '2 mins' },
    });
    const merchantId = await createMerchant(api, token);
    const push = pushOf(merchantId);
    const [first = { data: {} }, ...others] = push.data;
    const [name = ''] = Object.keys(first.data);
    const data = [{ ...first, data: { ...first.data, [name]: body['file']?.['directURL'] } }, ...others];
    const send = () => api.send('pushMerchant', { token, json: { ...push, data } });
    expect(await send()).toMatchObject({ status: 200 });
    expect(sandbox.journal().findLast(({ kind }) => kind === 'request')).toMatchObject({ warnings: [] });
    clock.now += 120_000;
    expect(await send()).toMatchObject({ status: expiredFiles === 'warn' ? 200 : 422 });
    const found = [
      { pointer: `/body/data/0/data/${name}`, expected: 'is the address of a file that has expired' },
    ];
    expect(sandbox.journal().findLast(({ kind }) => kind === 'request')).toMatchObject(
      expiredFiles === 'warn' ? { warnings: found } : { violations: found },
    );
  },
);

test('a case becomes pending after three minutes, if pendingAfter is documented', async () => {
  const { sandbox, api, token } = await readySandbox({ pendingAfter: 'documented' });
  sandbox.backOffice.setPolicy({ kind: 'auto-accept', after: '1m' });
  const merchantId = await pendingMerchant(api, token);
  await api.send('pushMerchant', { token, json: pushOf(merchantId) });
  const status = () => sandbox.backOffice.find(merchantId)?.status;
  expect(status()).toBe('new');
  expect(() => sandbox.backOffice.accept(merchantId)).toThrow(
    'Possible decisions: none until a push has made the case pending.',
  );
  sandbox.restore(sandbox.snapshot());
  await sandbox.clock.advance(180_000 - 1);
  expect(status()).toBe('new');
  await sandbox.clock.advance(1);
  expect(status()).toBe('pending');
  await sandbox.clock.advance('1m');
  expect(status()).toBe('accept');
  const moves = sandbox
    .journal()
    .flatMap((entry) => (entry.kind === 'move' ? [`${entry.from} ${entry.to} ${entry.by}`] : []));
  expect(moves).toEqual(['new pending partner', 'pending accept policy']);
});
