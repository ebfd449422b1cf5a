import { runInNewContext } from 'node:vm';
import { requests } from '@partner-ecosystem/openapi/examples';
import { describe, expect, test } from 'vitest';
import { type FileContent, storeFile } from '../../src/index.ts';
import { fileBytes } from '../support/example-input.ts';
import { startWork } from '../support/partner-at-work.ts';
import { startProvider } from '../support/provider.ts';

describe('files', () => {
  test.each(['1 month', '3 years'] as const)(
    'a file that is stored for %s can be downloaded from its URL',
    async (ttl) => {
      const { sandbox, partner } = await startWork();
      const file = new File([fileBytes], 'photo.jpg', { type: 'image/jpeg' });
      const download = await sandbox.fetch(new Request(await storeFile(partner, file, ttl)));
      expect(new Uint8Array(await download.arrayBuffer())).toEqual(fileBytes);
    },
  );

  test('a file can be base64 with its media type, or a data: URL', async () => {
    await using provider = await startProvider();
    const { base64String, mimetype } = Object.values(requests.uploadBase64)[0] ?? {
      base64String: '',
      mimetype: 'image/png',
    };
    await storeFile(provider.partner, { base64: base64String, mimetype }, '1 month', { key: 'k3y' });
    await storeFile(provider.partner, `data:${mimetype};base64,${base64String}`, '1 month');
    expect(provider.arrivals.map(({ body }) => JSON.parse(`${body}`))).toEqual([
      { base64String, mimetype, ttl: '1 month', key: 'k3y' },
      { base64String, mimetype, ttl: '1 month' },
    ]);
  });

  test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => FileContent]>([
    ['a Buffer', (bytes) => Buffer.from(bytes)],
    ['a Uint8Array', (bytes) => bytes],
    ['a part of a buffer', (bytes) => new Uint8Array([...bytes, ...bytes].slice(1)).subarray(255, 511)],
    ['an ArrayBuffer', (bytes) => bytes.buffer],
    ['a DataView', (bytes) => new DataView(bytes.buffer)],
    ['bytes that threads share', shareBytes],
    ['bytes of a VM context', (bytes) => runInNewContext('new Uint8Array(bytes)', { bytes: [...bytes] })],
  ])('a file can be %s', async (_, create) => {
    const { sandbox, partner } = await startWork();
    const url = await storeFile(partner, create(fileBytes), '1 month');
    const download = await sandbox.fetch(new Request(url));
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(fileBytes);
  });

  test.each([
    null,
    undefined,
    7,
    '',
    'text',
    {},
    [],
    { base64: 7, mimetype: 'image/png' },
    { base64: 'AA==' },
    { base64: 'data:image/png;base64,AA==', mimetype: 'image/png' },
    { base64: 'not base64!', mimetype: 'image/png' },
    'data:image/png;base64,AA%3D%3D',
    new Response('<html>Not found</html>', { status: 404 }),
  ])('the content %j is rejected, and nothing is sent', async (content) => {
    await using provider = await startProvider();
    await expect(storeFile(provider.partner, content as never, '1 month')).rejects.toThrow(/^A file must be/);
    expect(provider.arrivals).toEqual([]);
  });

  test.each<FileContent>([
    new Blob([]),
    new Uint8Array(),
    new ArrayBuffer(),
    { base64: '', mimetype: 'image/png' },
    'data:image/png;base64,',
    { base64: ' \r\n', mimetype: 'image/png' },
    'data:image/png;base64,====',
  ])('an empty file is rejected, because the store would accept it: %j', async (content) => {
    await using provider = await startProvider();
    await expect(storeFile(provider.partner, content, '1 month')).rejects.toThrow(
      /^A file must not be empty/,
    );
    expect(provider.arrivals).toEqual([]);
  });

  test.each([
    { body: {}, error: 'UnreadableResponseError' },
    { body: null, error: 'UnreadableResponseError' },
    { body: { file: null }, error: 'UnreadableResponseError' },
    { body: { file: { directURL: 7 } }, error: 'ContractError' },
    { body: { file: { directURL: '' } }, error: 'ContractError' },
  ])('a response without a URL leaves open whether the file was stored: $body', async ({ body, error }) => {
    await using provider = await startProvider({ uploadFile: () => ({ body: JSON.stringify(body) }) });
    const failure = storeFile(provider.partner, new Blob(['x']), '1 month');
    await expect(failure).rejects.toMatchObject({
      name: 'OutcomeUnknownError',
      operationId: 'uploadFile',
      failure: { name: error },
    });
  });

  test.each(['1 months', '30 seconds', undefined])(
    'the lifetime %j, which would mean 30 seconds, is rejected',
    async (ttl) => {
      await using provider = await startProvider();
      await expect(storeFile(provider.partner, new Blob(['x']), ttl as '1 month')).rejects.toThrow(
        /must be one of: 2 mins, /,
      );
      expect(provider.arrivals).toEqual([]);
    },
  );

  test('an invalid data: URL is rejected, and the error does not quote the URL', async () => {
    await using provider = await startProvider();
    const failure = storeFile(provider.partner, 'data:secret', '1 month');
    await expect(failure).rejects.toThrow(TypeError);
    await expect(failure).rejects.not.toThrow(/secret/);
    expect(provider.arrivals).toEqual([]);
  });
});

function shareBytes(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
