import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { callback, token } from '../support/callbacks.ts';
import { postAccept } from '../support/post-accept.ts';
import { serve } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

test('the log holds no secret, no body and no address', async () => {
  const secrets = {
    CALLBACK_HEADER: 'X-Api-Key: not-a-real-header-1',
    CALLBACK_BASIC: 'signzy:not-a-real-password',
    ALLOWED_ADDRESSES: '127.0.0.1',
    ADMIN_TOKENS: 'not-a-real-admin-1',
    MASTER_KEYS: `canary-key:${Buffer.alloc(32, 'k').toString('base64')}`,
    TRUSTED_PROXY_HOPS: '1',
  };
  const server = await serve(temporaryDatabase(), secrets);
  const authorization = `Basic ${Buffer.from('signzy:not-a-real-password').toString('base64')}`;
  const good = {
    'content-type': 'application/json',
    'x-api-key': 'not-a-real-header-1',
    'x-forwarded-for': '127.0.0.1',
    'user-agent': 'Canary/1.0',
    authorization,
  };
  const send = (
    path: string,
    headers: Record<string, string>,
    body = callback('accept', { name: 'Canary' }),
  ) => fetch(`${server.url}${path}`, { method: 'POST', headers, body });
  const path = `/callbacks/${token}/accept`;
  expect((await send(path, good)).status).toBe(200);
  expect((await send(path, good, '{"Canary')).status).toBe(200);
  expect((await send(path, { ...good, 'x-forwarded-for': '203.0.113.77' })).status).toBe(401);
  expect((await send(path, { ...good, 'x-api-key': 'Canary-wrong-secret' })).status).toBe(401);
  expect((await send('/callbacks/Canary-wrong-token/Canary?q=Canary', good)).status).toBe(404);
  expect((await send(`${path}/Canary`, good)).status).toBe(404);
  await fetch(`${server.adminUrl}/callbacks/Canary`, {
    headers: { authorization: 'Bearer not-a-real-admin-1' },
  });
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);

  const lines = server
    .output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  // Equal refusals within a second share a line, so their number depends on the machine.
  const types = lines.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
  expect(types).toEqual(['listening', 'kept', 'refused', 'stopping', 'stopped']);
  expect(lines.filter(({ type }) => type === 'kept')).toHaveLength(2);
  expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', status: 401, reasons: ['address'] }));
  expect(server.output()).not.toMatch(/canary|not-a-real|203\.0\.113|c2lnbnp5/i);
  expect(server.output()).not.toContain(dirname(temporaryDatabase()));
});

test('the log holds no token and no personal data', async () => {
  const server = await serve(temporaryDatabase(), { FORWARD_URL: 'http://127.0.0.1:2/nobody' });
  await postAccept(server.url, callback('accept', { name: 'Canary Person', AadhaarUid: '2341 2341 2346' }));
  await postAccept(server.url, '{"canary": "Canary Person"');
  await fetch(`${server.url}/callbacks/${token}/Canary`);
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  expect(server.output()).toContain('"kept"');
  expect(server.output()).not.toMatch(/Canary|2341 ?2341 ?2346|not-a-real/);
});

test('a log reader that reads nothing does not block the server', async () => {
  const server = await serve(temporaryDatabase());
  server.process.stdout?.pause();
  // More lines than a pipe can hold.
  for (let round = 0; round < 20; round++) {
    const ids = Array.from({ length: 100 }, (_, index) => `${round}-${index}`);
    const answers = await Promise.all(ids.map((id) => postAccept(server.url, callback('accept', { id }))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  }
  server.process.stdout?.resume();
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  expect(server.output().match(/"kept"/g)).toHaveLength(2000);
});

test('the log line "listening" has the version, the store, the factors and the routes, and no secret', async () => {
  const server = await serve(temporaryDatabase(), {
    CALLBACK_HEADER: 'X-Api-Key: canary-canary-canary',
    ALLOWED_ADDRESSES: '192.0.2.0/24',
    FORWARD_URL: 'http://127.0.0.1:2/canary',
  });
  const line = server
    .output()
    .split('\n')
    .find((each) => each.includes('"listening"'));
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(JSON.parse(line ?? '')).toMatchObject({
    version,
    store: 'sqlite',
    factors: ['token', 'header', 'address'],
    routes: ['forward'],
  });
  expect(line).not.toContain('canary');
});
