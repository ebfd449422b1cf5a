import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import { readResponse, readySandbox } from '../support/journey.ts';
import { expectRefusal, persist400, type Refusal } from '../support/refusal.ts';

const refusals: readonly Refusal[] = [
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

test.each(refusals)('the sandbox refuses %s', (...refused) => expectRefusal(refused));

function formOf(fields: { readonly [name: string]: string | Blob }): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

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
