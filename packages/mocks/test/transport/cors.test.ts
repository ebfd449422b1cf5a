import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../src/index.ts';
import { startSandbox } from '../../src/node.ts';

const origin = 'http://app.test';
const page = { origin };
const preflight = {
  ...page,
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
};

async function urlOf(options: Parameters<typeof startSandbox>[0] = {}): Promise<string> {
  const running = await startSandbox({ port: 0, controlPort: 0, ...options });
  onTestFinished(running.close);
  return running.url;
}

test('an OPTIONS gets the permissions of the framework, for each path and without a token', async () => {
  const url = await urlOf();
  for (const path of ['/api/distributors/login', '/api/nothing', '/']) {
    const { status, headers } = await fetch(url + path, { method: 'OPTIONS', headers: preflight });
    expect([status, Object.fromEntries(headers)]).toMatchObject([
      204,
      {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
        'access-control-allow-headers': 'authorization,content-type',
        'access-control-max-age': '86400',
        'content-length': '0',
        vary: 'Origin, Access-Control-Request-Headers',
      },
    ]);
  }
});

test('a page of another origin may read a success, an error and a stored file', async () => {
  const url = await urlOf();
  const json = { ...page, 'content-type': 'application/json' };
  const body = JSON.stringify(requests.uploadBase64.image);
  const stored = await fetch(`${url}/api/base64`, { method: 'POST', headers: json, body });
  const { file } = (await stored.json()) as { readonly file: { readonly directURL: string } };
  const download = await fetch(file.directURL, { headers: page });
  const refused = await fetch(`${url}/api/distributors/login`, { method: 'POST', headers: json, body: '{}' });
  expect([stored.status, download.status, refused.status]).toEqual([200, 200, 400]);
  for (const { headers } of [stored, download, refused])
    expect([headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([origin, 'Origin']);
});

test('a page may read why its request was refused, and which sandbox does not exist', async () => {
  const url = await urlOf();
  const json = { ...page, 'content-type': 'application/json' };
  const refused = await fetch(`${url}/api/distributors/login`, { method: 'POST', headers: json, body: '{}' });
  expect(refused.headers.get('access-control-expose-headers')).toBe('sandbox-violation');
  const preflighted = await fetch(`${url}/s/none/api/x`, { method: 'OPTIONS', headers: preflight });
  const unknown = await fetch(`${url}/s/none/api/x`, { headers: page });
  expect([preflighted.status, unknown.status]).toEqual([204, 404]);
  for (const { headers } of [preflighted, unknown])
    expect(headers.get('access-control-allow-origin')).toBe(origin);
  const closed = await fetch(`${await urlOf({ cors: false })}/s/none/api/x`, { headers: page });
  expect([closed.status, closed.headers.get('access-control-allow-origin')]).toEqual([404, null]);
});

test('a request without an origin gets no permission, but caches must keep it apart', async () => {
  const { headers } = await fetch(`${await urlOf()}/api/nothing`);
  expect([headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([null, 'Origin']);
});

test('with cors: false an OPTIONS is an unknown path, and no page of another origin may read', async () => {
  const url = await urlOf({ cors: false });
  const { status, headers } = await fetch(`${url}/api/nothing`, { method: 'OPTIONS', headers: preflight });
  expect([status, headers.get('access-control-allow-origin')]).toEqual([404, null]);
});

test('several origins in one request get no permission', () => {
  const { headers } = createSandbox().handle({
    method: 'GET',
    path: '/api/nothing',
    query: [],
    origin: '',
    transport: 'in-process',
    target: { kind: 'nothing', host: 'platform' },
    headers: { origin: ['http://a.test', 'http://b.test'] },
    body: { kind: 'none' },
  });
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});
