import { Readable } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { contractGuard, createMerchant } from '../../src/guards.ts';
import { ContractError, type OperationInput, type OperationResult } from '../../src/index.ts';
import { merchant } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** An input of `uploadFile` with any fields, as a program without types can give. */
function upload(fields: object): OperationInput<'uploadFile'> {
  return fields as OperationInput<'uploadFile'>;
}

describe('an input that the caller changes during the call', () => {
  test('findMerchant gets the reference that was sent', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ status: 502, body: {} }) });
    const findMerchant = async (id: string): Promise<OperationResult<'createMerchant'>> => ({
      id,
      status: 'new',
    });
    const partner = provider.client({ findMerchant });
    const references = ['EXAMPLE-1', 'EXAMPLE-2', 'EXAMPLE-3'];
    const input = { ...merchant };
    const calls = references.map((signzyAppId) =>
      partner.createMerchant(Object.assign(input, { signzyAppId })),
    );
    const found = await Promise.all(calls);
    expect(found.map(({ id }) => id)).toEqual(references);
    const sent = provider.arrivals.filter(({ operationId }) => operationId === 'createMerchant');
    expect(sent.map(({ body }) => JSON.parse(`${body}`).signzyAppId).toSorted()).toEqual(references);
  });

  test('the guard checks what is sent', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ guard: contractGuard([createMerchant]) });
    const wrong = 7 as never;
    const input = { ...merchant, mobile: wrong };
    const refused = partner.createMerchant(input);
    input.mobile = merchant.mobile as never;
    await expect(refused).rejects.toBeInstanceOf(ContractError);
    const sent = partner.createMerchant(input);
    input.mobile = wrong;
    await expect(sent).resolves.toBeDefined();
    expect(provider.count('createMerchant')).toBe(1);
  });

  test('a form is sent with the fields that it had at the start of the call', async () => {
    await using provider = await startProvider();
    const input = upload({ file: new Blob(['first']), ttl: '1 month' });
    const sent = provider.partner.uploadFile(input);
    Object.assign(input, { file: new Blob(['second']), ttl: '2 mins' });
    await sent;
    expect(`${provider.arrivals[0]?.body}`).toMatch(/first.*1 month/s);
  });
});

describe('a form', () => {
  test.each<[string, object]>([
    ['a Buffer', { file: Buffer.from('%PDF') }],
    ['a Uint8Array', { file: new Uint8Array(4) }],
    ['an ArrayBuffer', { file: new ArrayBuffer(4) }],
    ['a stream of Node', { file: Readable.from(['%PDF']) }],
    ['a stream', { file: new Blob(['%PDF']).stream() }],
    ['a Response', { file: new Response('<html>Not found</html>', { status: 404 }) }],
    ['a list of files', { file: [new Blob(['%PDF'])] }],
    ['a promise', { file: Promise.resolve(new Blob(['%PDF'])) }],
    ['null instead of a file', { file: null }],
    ['null instead of a text', { file: new Blob(['%PDF']), ttl: null }],
    ['a symbol', { file: new Blob(['%PDF']), key: Symbol('key') }],
  ])('%s is refused, because a form could only contain its text', async (_, fields) => {
    await using provider = await startProvider();
    const failure = provider.partner.uploadFile(upload(fields));
    await expect(failure).rejects.toThrow(TypeError);
    await expect(failure).rejects.toThrow(/^uploadFile needs a valid input\.$/);
    expect(provider.arrivals).toEqual([]);
  });

  test('nobody can foresee the boundary from other random numbers', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    await using provider = await startProvider();
    for (const text of ['first', 'second']) await provider.partner.uploadFile({ file: new Blob([text]) });
    const [first, second] = provider.arrivals.map(({ headers }) => headers['content-type']);
    expect(first).toMatch(/boundary=.{16}/);
    expect(first).not.toBe(second);
  });

  test('the name and the type of a file cannot add a header or a field', async () => {
    await using provider = await startProvider();
    const odd = 'a"\r\nX-Added: 1\r\n\r\nb';
    const file = Object.assign(new Blob(['x']), { name: odd });
    Object.defineProperty(file, 'type', { value: odd });
    await provider.partner.uploadFile(upload({ file, [odd]: 'text' }));
    const [arrival] = provider.arrivals;
    expect(`${arrival?.body}`).not.toMatch(/^X-Added/m);
    const headers = { 'Content-Type': `${arrival?.headers['content-type']}` };
    const form = await new Response(arrival?.body, { headers }).formData();
    expect([...form.keys()]).toEqual(['file', 'a___X-Added: 1____b']);
  });

  /** A file on a disk. The given function reads the file. */
  function fileOnDisk(arrayBuffer: () => Promise<ArrayBuffer>): Blob {
    const file = Object.assign(new Blob(['x']), { arrayBuffer });
    return Object.assign(file, { slice: () => file });
  }

  const hanging = fileOnDisk(() => new Promise(() => {}));

  test('a call with a file that hangs ends with the time limit, and sends nothing', async () => {
    await using provider = await startProvider();
    const failure = provider.client({ retry: false }).uploadFile({ file: hanging }, { timeoutMs: 50 });
    await expect(failure).rejects.toMatchObject({ name: 'TimeoutError', operationId: 'uploadFile' });
    expect(provider.arrivals).toEqual([]);
  });

  test('a signal ends a call while a file is read', async () => {
    await using provider = await startProvider();
    const failure = provider.partner.uploadFile({ file: hanging }, { signal: AbortSignal.timeout(20) });
    await expect(failure).rejects.toMatchObject({ name: 'AbortedError', operationId: 'uploadFile' });
    expect(provider.arrivals).toEqual([]);
  });

  test('a file that cannot be read is refused without its error, which may name a person', async () => {
    await using provider = await startProvider();
    const file = fileOnDisk(() => Promise.reject(new Error('asha-pan.jpg')));
    await expect(provider.partner.uploadFile({ file })).rejects.toThrow(/^uploadFile needs a valid input\.$/);
  });
});
