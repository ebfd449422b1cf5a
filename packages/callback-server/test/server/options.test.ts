import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CallbackServerOptions, createCallbackServer } from '../../src/index.ts';
import { token } from '../support/callbacks.ts';
import { temporaryDatabase } from '../support/running-server.ts';

const route = { name: 'target', url: 'http://127.0.0.1:4099' };
const secret = 'not-a-real-secret';

test.each<[Partial<CallbackServerOptions>, string]>([
  ...(['port', 'adminPort', 'drainMs', 'graceMs', 'diskReserveBytes'] as const).flatMap((name) =>
    [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY].map((value): [Partial<CallbackServerOptions>, string] => [
      { [name]: value },
      `${name} must be a whole number from 0 to`,
    ]),
  ),
  ...(['maxBodyBytes', 'maxConnections', 'keepAliveMs', 'concurrency', 'attemptTimeoutMs'] as const).flatMap(
    (name) =>
      [-1, 0, 0.5, Number.NaN, Number.POSITIVE_INFINITY].map(
        (value): [Partial<CallbackServerOptions>, string] => [
          { [name]: value },
          `${name} must be a whole number from 1 to`,
        ],
      ),
  ),
  [{ deliveryDelaysMs: [1, Number.POSITIVE_INFINITY] }, 'deliveryDelaysMs must be a whole number from 0 to'],
  [{ deliveryDelaysMs: [-1] }, 'deliveryDelaysMs must be a whole number from 0 to'],
  [{ retention: { bodyDays: Number.POSITIVE_INFINITY } }, 'retention.bodyDays must be a whole number from'],
  [{ retention: { auditDays: -1 } }, 'retention.auditDays must be a whole number from 0'],
  [{ masterKeys: [] }, 'masterKeys must have at least one key'],
  [{ masterKeys: [{ id: 'one', key: Buffer.alloc(31) }] }, 'masterKeys must have keys of 32 bytes'],
  [
    { masterKeys: ['one', 'two'].map((id) => ({ id, key: Buffer.alloc(32, 'k') })) },
    'masterKeys has the same master key under two ids',
  ],
  [{ callbackTokens: [secret, secret] }, 'callbackTokens must have each secret only once'],
  [{ adminTokens: [secret, secret] }, 'adminTokens must have each secret only once'],
  [
    { callbackHeader: { name: 'X-Key', values: [secret, secret] } },
    'callbackHeader must have each secret only',
  ],
  [{ basicCredentials: [`u:${secret}`, `u:${secret}`] }, 'basicCredentials must have each secret only once'],
  [{ adminTokens: ['not a real token with spaces'] }, 'adminTokens must have only printable ASCII'],
  [{ callbackTokens: ['not/a/real/callback/token'] }, 'callbackTokens must have only letters, digits and'],
  [{ callbackHeader: { name: 'X Key', values: [secret] } }, 'callbackHeader must be the name of a header'],
  [
    { callbackHeader: { name: 'Content-Type', values: [secret] } },
    'callbackHeader must be a header without another purpose',
  ],
  [{ callbackHeader: { name: 'X-Key', values: [`${secret}-ü`] } }, 'callbackHeader must have only printable'],
  [
    {
      callbackHeader: { name: 'authorization', values: [secret] },
      basicCredentials: [`user:${secret}`],
    },
    'callbackHeader must be another header than Authorization',
  ],
  [{ adminUrl: 'https://inbox.example/path' }, 'adminUrl must be an http or https URL without a path'],
  [{ adminUrl: 'https://inbox.example' }, 'adminUrl requires inboxUsers or adminTokens'],
  [{ inboxUsers: [] }, 'inboxUsers must have at least one user'],
  [
    { inboxUsers: [{ name: 'asha', roles: [], passwordHash: secret }] },
    'inboxUsers user 1 must end with a hash',
  ],
  [{ routes: [{ ...route, name: 'a b' }] }, 'routes: route 1, name: must have only letters'],
  [{ routes: [{ ...route, events: [] }] }, 'routes: route 1, events: must be a list with at least one item'],
  [
    { routes: [{ ...route, secrets: [secret, secret] }] },
    'routes: route 1, secrets: must not list an item twice',
  ],
  [{ routes: [{ ...route, realms: [] }] }, 'routes: route 1, realms: must be a list with at least one item'],
  [{ routes: [{ ...route, concurrency: 0 }] }, 'routes: route 1, concurrency: must be a whole number'],
  [{ routes: [{ ...route, timeoutMs: Number.POSITIVE_INFINITY }] }, 'routes: route 1, timeoutMs: must be a'],
  [{ routes: [route, { ...route, headers: { 'Webhook-Id': 'x' } }] }, 'routes: route 2, headers: must not'],
  [
    { routes: [{ ...route, headers: { Expect: '100-continue' } }] },
    'routes: route 1, headers: must not name',
  ],
])('%j is refused before a database is created', async (options, problem) => {
  const path = temporaryDatabase();
  const creating = createCallbackServer({
    databaseUrl: `sqlite:${path}`,
    callbackTokens: [token],
    ...options,
  });
  await expect(creating).rejects.toThrow(problem);
  await expect(creating).rejects.toBeInstanceOf(TypeError);
  expect(existsSync(path)).toBe(false);
});

test('a route of a program may have properties that are undefined', async () => {
  const options = { callbackTokens: [token], databaseUrl: `sqlite:${temporaryDatabase()}` };
  const routes = [{ ...route, events: undefined, timeoutMs: undefined }];
  // @ts-expect-error Without exactOptionalPropertyTypes, the compiler of a user accepts such a route.
  await (await createCallbackServer({ ...options, routes })).stop();
});

test('an option that a JavaScript program misspells is named', async () => {
  const options = { callbackTokens: [token], databaseUrl: `sqlite:${temporaryDatabase()}` };
  // @ts-expect-error The compiler finds the mistake.
  const misspelt = createCallbackServer({ ...options, forwardSecrets: [secret] });
  await expect(misspelt).rejects.toThrow('forwardSecrets is no option of createCallbackServer.');
  // @ts-expect-error Likewise.
  const wrong = createCallbackServer({ ...options, provider: {} });
  await expect(wrong).rejects.toThrow('provider must be a function that returns a client.');
});
