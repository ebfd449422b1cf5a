import { expect, test } from 'vitest';
import { type ApiSession, type Body, readySandbox } from '../support/journey.ts';

async function upload(
  api: ApiSession,
  fields: { readonly [name: string]: string },
  type = 'image/png',
): Promise<Body> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array([0, 255, 137, 80])], { type }), '../<script>.png');
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const { body } = await api.send('uploadFile', { init: { body: form } });
  return body['file'] ?? {};
}

test('a download returns the bytes of the upload', async () => {
  const { sandbox, api } = await readySandbox();
  const file = await upload(api, { ttl: '1 month' });
  const fileId = `${file['directURL']}`.split('/')[5];
  expect(file).toMatchObject({ id: Number(fileId), filetype: 'image/png', size: 4, protected: false });
  const response = await sandbox.fetch(new Request(`${file['directURL']}`));
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 255, 137, 80]));
  expect(response.headers.get('content-type')).toBe('image/png');
});

test.each([
  [{}, 30_000],
  [{ ttl: '2 mins' }, 120_000],
  [{ ttl: '3 years' }, 94_608_000_000],
])('a file with %o expires after %d ms', async (fields, lifetime) => {
  const { clock, sandbox, api } = await readySandbox();
  const file = await upload(api, fields);
  const status = async () => (await sandbox.fetch(new Request(`${file['directURL']}`))).status;
  clock.now += lifetime - 1;
  expect(await status()).toBe(200);
  clock.now += 1;
  expect(await status()).toBe(404);
});

test.each(['expected', 'strict', 'warn', 'off'] as const)(
  'a file with a misspelt ttl is refused or expires after 30 seconds, with requests %s',
  async (requests) => {
    const { clock, sandbox, api } = await readySandbox({ requests });
    const file = await upload(api, { ttl: '1 moth' });
    expect(sandbox.journal().at(-1)).toMatchObject({ status: requests === 'expected' ? 400 : 200 });
    if (requests === 'expected') return;
    const status = async () => (await sandbox.fetch(new Request(`${file['directURL']}`))).status;
    clock.now += 29_999;
    expect(await status()).toBe(200);
    clock.now += 1;
    expect(await status()).toBe(404);
  },
);

test('a file with the ttl infinity does not expire', async () => {
  const { clock, sandbox, api } = await readySandbox();
  const file = await upload(api, { ttl: 'infinity' });
  clock.now += 1e14;
  expect((await sandbox.fetch(new Request(`${file['directURL']}`))).status).toBe(200);
});

test('a protected file needs its key', async () => {
  const { sandbox, api } = await readySandbox();
  const file = await upload(api, { ttl: '1 month', key: 'abc123' });
  expect(file).toMatchObject({ protected: true });
  const status = async (query: string) =>
    (await sandbox.fetch(new Request(`${file['directURL']}${query}`))).status;
  expect([await status(''), await status('?key=abc'), await status('?key=abc123')]).toEqual([401, 401, 200]);
});

test('a download needs the complete address', async () => {
  const { sandbox, api } = await readySandbox();
  const file = await upload(api, { ttl: '1 month' });
  const guessed = `${file['directURL']}`.replace(/[^/]+$/, 'a.png');
  expect((await sandbox.fetch(new Request(guessed))).status).toBe(404);
});

test('a downloaded page does not run', async () => {
  const { sandbox, api } = await readySandbox();
  const file = await upload(api, { ttl: '1 month' }, 'text/html');
  const { headers } = await sandbox.fetch(new Request(`${file['directURL']}`));
  expect(headers.get('content-disposition')).toBe('attachment');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('the journal contains no content and no key of a file', async () => {
  const { sandbox, api } = await readySandbox();
  await upload(api, { ttl: '1 month', key: 'NotARealKey' });
  expect(sandbox.journal().at(-1)).toMatchObject({
    at: expect.any(Number),
    operation: 'uploadFile',
    status: 200,
    request: { ttl: '1 month' },
    response: { file: { id: expect.any(Number), filetype: 'image/png', size: 4, protected: true } },
  });
  expect(JSON.stringify(sandbox.journal())).not.toMatch(/base64|NotARealKey/);
});
