import { expect, test } from 'vitest';
import { createSandbox } from '../../src/index.ts';

const type = 'Content-Type: image/png';
const end = '--b--\r\n';
const disposition = 'Content-Disposition: form-data; name="file"; filename="a.png"';
const ttl = '--b\r\nContent-Disposition: form-data; name="ttl"\r\n\r\n1 month\r\n';

/** Uploads a form as bytes, and returns the status and the media type of the stored file. */
async function upload(body: string, contentType = 'multipart/form-data; boundary=b') {
  const response = await createSandbox().fetch(
    new Request('http://sandbox.test/api/files/upload', {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: Buffer.from(body, 'latin1'),
    }),
  );
  const { file } = (await response.json()) as { file?: { filetype: string; size: number } };
  return [response.status, file?.filetype, file?.size];
}

// As the libraries send it, with one header's difference in each row.
test.each([
  ['browsers and Node', `--b\r\n${disposition}\r\n${type}\r\n\r\nPNG\r\n${ttl}${end}`],
  [
    '.NET',
    `--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=ttl\r\n\r\n1 month\r\n` +
      `--b\r\n${type}\r\nContent-Disposition: form-data; name=file; filename=a.png; filename*=utf-8''a.png\r\n\r\nPNG\r\n${end}`,
    'multipart/form-data; boundary="b"',
  ],
  ['OkHttp', `--b\r\n${disposition}\r\n${type}\r\nContent-Length: 3\r\n\r\nPNG\r\n${ttl}${end}`],
  [
    'Apache HttpClient',
    `--b\r\n${disposition}\r\n${type}\r\nContent-Transfer-Encoding: binary\r\n\r\nPNG\r\n${ttl}${end}`,
    'multipart/form-data; charset=UTF-8; boundary=b',
  ],
  [
    'aiohttp',
    `--b\r\n${type}\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\nPNG\r\n${ttl}${end}`,
  ],
  [
    'a mail library',
    `a preamble\r\n--b  \r\n${disposition}\r\n${type}\r\n\r\nPNG\r\n${ttl}--b--\r\nan epilogue`,
  ],
  ['a library without a last line break', `${ttl}--b\r\n${disposition}\r\n${type}\r\n\r\nPNG\r\n--b--`],
])('a form of %s is read', async (_, body, contentType?: string) => {
  expect(await upload(body, contentType)).toEqual([200, 'image/png', 3]);
});

test('a file keeps its bytes, and a file without a type is bytes', async () => {
  const bytes = '\r\n--\r\n-\x00\xff\r\n--bx'.replace('--bx', '--c');
  expect(await upload(`--b\r\n${disposition}\r\n\r\n${bytes}\r\n${ttl}${end}`)).toEqual([
    200,
    'application/octet-stream',
    bytes.length,
  ]);
});

test.each([
  ['without an end', `--b\r\n${disposition}\r\n\r\nPNG\r\n${ttl}`],
  ['without a name', `--b\r\nContent-Disposition: form-data\r\n\r\nPNG\r\n${end}`],
  ['with line feeds only', `--b\n${disposition}\n\nPNG\n--b--\n`],
  ['with 101 parts', ttl.repeat(101) + end],
  ['without a file', ttl + end],
])('a form %s is refused', async (_, body) => {
  expect(await upload(body)).toEqual([400, undefined, undefined]);
});

test('a form without a boundary is refused', async () => {
  expect(await upload(ttl + end, 'multipart/form-data')).toEqual([400, undefined, undefined]);
});

test.each([
  ['the first byte of the boundary', '\r'],
  ['the whole boundary but its last byte', '\r\n--bb'],
  ['a line break within a line break', '\r\r\n--b\r\n--'],
])('a file that repeats %s is stored as it is', async (_, repeated) => {
  const file = repeated.repeat(1000);
  const form = `--bbc\r\n${disposition}\r\n${type}\r\n\r\n${file}\r\n--bbc--\r\n`;
  expect(await upload(form, 'multipart/form-data; boundary=bbc')).toEqual([200, 'image/png', file.length]);
});
