import { requests } from '@partner-ecosystem/openapi/examples';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../src/index.ts';
import { type MswOptions, mswHandlers } from '../../src/msw.ts';

/** Listens with the sandbox's handlers first, and with a handler for everything else that responds 299. */
function listen(options: MswOptions): (url: string, init?: RequestInit) => Promise<Response> {
  const sandbox = createSandbox();
  const others = http.all(/.*/, () => new HttpResponse(null, { status: 299 }));
  const msw = setupServer(...mswHandlers(sandbox, options), others);
  msw.listen();
  onTestFinished(() => msw.close());
  return fetch;
}

const upload = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(requests.uploadBase64.image),
};

test.each(['http://app.test/a+b/(signzy)', 'http://app.test/a+b/(signzy)/'])(
  'the base path of %s is kept, and nothing beside the path is taken',
  async (persist) => {
    const send = listen({ baseUrls: { persist } });
    const stored = await send('http://app.test/a+b/(signzy)/api/base64', upload);
    const { file } = (await stored.json()) as { readonly file: { readonly directURL: string } };
    expect(file.directURL).toMatch('http://app.test/a+b/(signzy)/api/files/');
    expect((await send(file.directURL)).status).toBe(200);
    for (const path of ['/api/base64', '/', '/a+b/(signzy)x/api/base64', '/a+b/(signzy)/health'])
      expect([path, (await send(`http://app.test${path}`, upload)).status]).toEqual([path, 299]);
  },
);

test('on a host of your own, only the paths of the API are taken', async () => {
  const send = listen({ baseUrls: { go: 'http://app.test:3000' } });
  expect((await send('http://app.test:3000/api/Distributors/login')).status).toBe(404);
  expect((await send('http://app.test:3000/health')).status).toBe(299);
  expect((await send('http://app.test/api/distributors/login')).status).toBe(299);
});

test('on the hosts of the contract every path is taken, so that nothing reaches the provider', async () => {
  const send = listen({});
  expect((await send('https://go-preproduction.signzy.app/health')).status).toBe(404);
});

test.each([
  'localhost:3000',
  'not a URL',
  '/api',
  'ftp://app.test',
  'http://app.test/?a=secret',
  'http://app.test/#secret',
  'http://user:secret@app.test',
  7,
])('the base URL %s is refused by name, and not repeated', (url) => {
  const create = () => mswHandlers(createSandbox(), { baseUrls: { backops: url as string } });
  expect(create).toThrow(
    'baseUrls.backops of mswHandlers must be an address such as https://proxy.example.com/signzy: http or https, without credentials, query and fragment.',
  );
  expect(create).not.toThrow('secret');
});
