import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CallbackServerOptions } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

const [oldSecret, newSecret] = ['not-a-real-secret-1', 'not-a-real-secret-2'];
const header = { callbackHeader: { name: 'X-Api-Key', values: [oldSecret, newSecret] } };
const basic = { basicCredentials: ['signzy:not:a:real:password', `signzy:${newSecret}`] };
const anywhere = { allowedAddresses: ['127.0.0.0/8'] };
const elsewhere = { allowedAddresses: ['192.0.2.0/24', '2001:db8::/32'] };

function basicOf(credentials: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

async function post(options: Partial<CallbackServerOptions>, headers: Record<string, string>) {
  const { url } = await startServer(options);
  return fetch(`${url}/callbacks/${token}/accept`, {
    method: 'POST',
    body: callback('accept'),
    headers: { 'content-type': 'application/json', ...headers },
  });
}

test.each<[string, number, Partial<CallbackServerOptions>, Record<string, string>]>([
  ['the right header', 200, header, { 'x-api-key': oldSecret }],
  ['the header’s other live value', 200, header, { 'X-API-KEY': newSecret }],
  ['no header', 401, header, {}],
  ['an empty header', 401, header, { 'x-api-key': '' }],
  ['a wrong header', 401, header, { 'x-api-key': `${oldSecret}x` }],
  ['both values of the header at once', 401, header, { 'x-api-key': `${oldSecret},${newSecret}` }],
  ['the right password, with colons', 200, basic, basicOf('signzy:not:a:real:password')],
  ['the other live password', 200, basic, basicOf(`signzy:${newSecret}`)],
  ['another scheme than Basic', 401, basic, { authorization: `Bearer ${newSecret}` }],
  ['what is not base64', 401, basic, { authorization: 'Basic %%%' }],
  ['a wrong user', 401, basic, basicOf(`someone:${newSecret}`)],
  ['no password', 401, basic, basicOf('signzy:')],
  ['an address in a block', 200, anywhere, {}],
  ['an address in no block', 401, elsewhere, {}],
  ['an address that only the sender claims', 401, elsewhere, { 'x-forwarded-for': '192.0.2.1' }],
  [
    'all factors',
    200,
    { ...header, ...basic, ...anywhere },
    { 'x-api-key': oldSecret, ...basicOf(`signzy:${newSecret}`) },
  ],
  ['all factors but one', 401, { ...header, ...basic, ...anywhere }, { 'x-api-key': oldSecret }],
])('%s gets %i', async (_, status, options, headers) => {
  expect((await post(options, headers)).status).toBe(status);
});

test.each<[string, number, number, string | undefined]>([
  ['the address that the only proxy saw', 200, 1, '203.0.113.9, 192.0.2.1'],
  ['an address that the sender put before it', 401, 1, '192.0.2.1, 203.0.113.9'],
  ['the address that the outer one of two proxies saw', 200, 2, '203.0.113.9, 192.0.2.1, 10.0.0.1'],
  ['too few proxies', 401, 2, '192.0.2.1'],
  ['no proxy where there must be one', 401, 1, undefined],
  ['IPv6', 200, 1, '2001:db8:1::1'],
  ['IPv6 with a port', 200, 1, '[2001:db8::1]:4711'],
  ['IPv4 with a port', 200, 1, '192.0.2.1:4711'],
  ['IPv4 within IPv6', 200, 1, '::ffff:192.0.2.1'],
  ['IPv4 within IPv6, in hexadecimal', 200, 1, '::ffff:c000:201'],
  ['a neighbour of the block', 401, 1, '192.0.3.1'],
  ['what is no address', 401, 1, '192.0.2.1.example'],
  ['an octal look-alike', 401, 1, '0300.0.2.1'],
  ['an empty header', 401, 1, ' '],
])('behind proxies, %s gets %i', async (_, status, trustedProxyHops, forwarded) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  expect((await post({ ...elsewhere, trustedProxyHops }, headers)).status).toBe(status);
});

test.each<[string, string, string[], number]>([
  [
    'an IPv4 block that is written as IPv6 contains its IPv4 addresses',
    '192.0.2.1',
    ['::ffff:192.0.2.0/120'],
    200,
  ],
  [
    'an IPv4 block that is written as IPv6 does not contain a neighbour',
    '192.0.3.1',
    ['::ffff:192.0.2.0/120'],
    401,
  ],
  ['the block of all IPv6 addresses contains no IPv4 address', '192.0.2.1', ['::/0'], 401],
  ['the block of all IPv6 addresses contains an IPv6 address', '2001:db8::1', ['::/0'], 200],
  ['the block of all IPv4 addresses contains no IPv6 address', '2001:db8::1', ['0.0.0.0/0'], 401],
  ['the block of all IPv4 addresses contains an IPv4 address', '203.0.113.9', ['0.0.0.0/0'], 200],
])('%s', async (_, forwarded, allowedAddresses, status) => {
  const options = { allowedAddresses, trustedProxyHops: 1 };
  expect((await post(options, { 'x-forwarded-for': forwarded })).status).toBe(status);
});

test('X-Forwarded-For is ignored on a connection that is not from a trusted proxy', async () => {
  const spoofed = { 'x-forwarded-for': '192.0.2.1' };
  const trustedProxies = ['203.0.113.0/24'];
  const options = { trustedProxyHops: 1, trustedProxies };
  expect((await post({ ...options, ...elsewhere }, spoofed)).status).toBe(401);
  expect((await post({ ...options, ...anywhere }, spoofed)).status).toBe(200);
});

test('each failed factor gets the same 401, and a wrong token gets the 404 of an unknown path', async () => {
  const { url, server } = await startServer({ ...header, ...basic, ...elsewhere });
  const summaryOf = async (given: string, headers: Record<string, string>, method: string) => {
    const response = await fetch(`${url}/callbacks/${given}/accept`, { method, headers });
    return [response.status, await response.text(), [...response.headers.keys()].sort()];
  };
  const causes = [
    {},
    { 'x-api-key': oldSecret },
    basicOf(`signzy:${newSecret}`),
    { 'content-type': 'text/plain' },
  ];
  const summaries = await Promise.all(
    causes.flatMap((headers) => ['POST', 'PUT'].map((method) => summaryOf(token, headers, method))),
  );
  for (const summary of summaries) expect(summary).toEqual(summaries[0]);
  expect(summaries[0]?.[0]).toBe(401);

  const unknown = await fetch(`${url}/nothing`);
  const nothing = [unknown.status, await unknown.text(), [...unknown.headers.keys()].sort()];
  for (const headers of causes)
    expect(await summaryOf('not-a-live-token-1', headers, 'POST')).toEqual(nothing);
  expect(await server.callbacks.list()).toEqual([]);
});

test('an event names the failed factors, and not the presented secrets', async () => {
  const events: object[] = [];
  const { url } = await startServer({ ...header, ...anywhere, onEvent: (event) => events.push(event) });
  const headers = { 'x-api-key': 'a-wrong-secret-here' };
  await fetch(`${url}/callbacks/${token}/accept`, { method: 'POST', headers });
  await fetch(`${url}/callbacks/not-a-live-token-1`, { method: 'POST', headers });
  expect(events).toEqual([
    { type: 'refused', status: 401, reasons: ['header'] },
    { type: 'refused', status: 404, reasons: ['token', 'header'] },
  ]);
});

test('a 401 asks for Basic credentials if Basic is a factor', async () => {
  const { headers } = await post(basic, {});
  expect(headers.get('www-authenticate')).toBe('Basic realm="callbacks"');
});

test.each<[string, Partial<CallbackServerOptions>]>([
  ['callbackTokens', { callbackTokens: [] }],
  ['callbackTokens', { callbackTokens: [token, 'short'] }],
  ['callbackHeader', { callbackHeader: { name: 'X-Api-Key', values: ['short'] } }],
  ['basicCredentials', { basicCredentials: ['signzy-has-no-password'] }],
  ['basicCredentials', { basicCredentials: ['a-user-of-many-letters:short'] }],
  ['allowedAddresses', { allowedAddresses: [] }],
  ['allowedAddresses', { allowedAddresses: ['192.0.2.0/33'] }],
  ['allowedAddresses', { allowedAddresses: ['192.0.2.1', 'provider.example'] }],
  ['allowedAddresses', { allowedAddresses: ['::ffff:192.0.2.0/24'] }],
  ['trustedProxyHops', { trustedProxyHops: -1 }],
  ['trustedProxies', { trustedProxies: ['proxy.example'] }],
  ['forwardUrl', { forwardUrl: 'http://forward.example:6000/' }],
  ['forwardSecret', { forwardSecret: 'eA==' }],
  ['maxBodyBytes', { maxBodyBytes: 2 ** 24 + 1 }],
  ['adminTokens', { adminHost: '0.0.0.0' }],
  ['adminTokens', { adminTokens: ['short'] }],
])('the server refuses an unsafe or impossible value of %s', async (name, options) => {
  await expect(startServer(options)).rejects.toThrow(name);
});

test('invalid factors are refused before the database is opened', async () => {
  const path = temporaryDatabase();
  await expect(startServer({ databaseUrl: `sqlite:${path}`, callbackTokens: ['short'] })).rejects.toThrow();
  expect(existsSync(path)).toBe(false);
});
