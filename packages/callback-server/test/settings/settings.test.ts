import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveOptions } from '../../src/settings/serve-settings.ts';
import { token } from '../support/callbacks.ts';

const least = { CALLBACK_TOKENS: token };

test('with tokens alone, the server is reachable from this machine only', () => {
  expect(serveOptions(least)).toEqual({
    callbackTokens: [token],
    trustedProxyHops: 0,
    port: 4020,
    host: '127.0.0.1',
    maxBodyBytes: 262_144,
    maxConnections: 1000,
    invalidCallbacks: 'keep',
    databaseUrl: 'sqlite:./callbacks.db',
    diskReserveBytes: 268_435_456,
    adminHost: '127.0.0.1',
    adminPort: 4021,
    retention: { bodyDays: 7, callbackDays: 396, auditDays: 396 },
    drainMs: 5000,
    graceMs: 10_000,
  });
});

test('reads every factor, with several secrets each', () => {
  expect(
    serveOptions({
      CALLBACK_TOKENS: `${token}, another-fake-token-1`,
      CALLBACK_HEADER: 'X-Api-Key: not-a-real-secret-1,not-a-real-secret-2',
      CALLBACK_BASIC: 'signzy:not:a:real:password',
      ALLOWED_ADDRESSES: '192.0.2.0/24, 2001:db8::1',
      TRUSTED_PROXY_HOPS: '2',
    }),
  ).toMatchObject({
    callbackTokens: [token, 'another-fake-token-1'],
    callbackHeader: { name: 'X-Api-Key', values: ['not-a-real-secret-1', 'not-a-real-secret-2'] },
    basicCredentials: ['signzy:not:a:real:password'],
    allowedAddresses: ['192.0.2.0/24', '2001:db8::1'],
    trustedProxyHops: 2,
  });
});

test('reads a secret from a file, and names the setting if the file cannot be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callback-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'tokens');
  writeFileSync(path, `${token}\nanother-fake-token-1\n`);
  expect(serveOptions({ CALLBACK_TOKENS_FILE: path }).callbackTokens).toEqual([
    token,
    'another-fake-token-1',
  ]);
  expect(() => serveOptions({ CALLBACK_TOKENS_FILE: join(folder, 'nothing') })).toThrow(
    'CALLBACK_TOKENS_FILE',
  );
  expect(() => serveOptions({ ...least, CALLBACK_TOKENS_FILE: path })).toThrow('one of them');
});

test.each([
  ['CALLBACK_TOKENS', ''],
  ['CALLBACK_TOKENS', 'seventeen/letters'],
  ['CALLBACK_TOKENS', `${token},`],
  ['CALLBACK_HEADER', 'not-a-real-secret-1'],
  ['CALLBACK_HEADER', 'X-Api-Key: short'],
  ['CALLBACK_BASIC', 'signzy:short'],
  ['ALLOWED_ADDRESSES', 'provider.example'],
  ['ALLOWED_ADDRESSES', '192.0.2.0/24;192.0.3.0/24'],
  ['TRUSTED_PROXY_HOPS', '-1'],
  ['PORT', '65536'],
  ['PORT', 'http'],
  ['MAX_BODY_BYTES', '-100'],
  ['MAX_CONNECTIONS', '1e3'],
  ['INVALID_CALLBACKS', 'drop'],
  ['DATABASE_URL', 'mysql://db.example/callbacks'],
  ['MASTER_KEYS', 'k1:c2hvcnQ='],
  ['DISK_RESERVE_BYTES', '5%'],
  ['ADMIN_TOKENS', 'short'],
  ['FORWARD_URL', 'ftp://forward.example'],
  ['FORWARD_URL', 'https://someone:something@forward.example'],
  ['FORWARD_SECRET', '%'],
  ['DRAIN_SECONDS', 'soon'],
  ['SHUTDOWN_GRACE_SECONDS', '0.5'],
  ['PUBLIC_URL', 'callbacks.example'],
])('refuses %s=%s without quoting the value', (name, value) => {
  const read = () => serveOptions({ ...least, [name]: value });
  expect(read).toThrow(new RegExp(`^Invalid settings:\\n  ${name}: `));
  if (value) expect(read).not.toThrow(value);
});

test('refuses an admin API that other machines could reach without a token', () => {
  expect(() => serveOptions({ ...least, ADMIN_HOST: '0.0.0.0' })).toThrow('ADMIN_TOKENS');
  expect(serveOptions({ ...least, ADMIN_HOST: '0.0.0.0', ADMIN_TOKENS: token }).adminHost).toBe('0.0.0.0');
  expect(serveOptions({ ...least, ADMIN_HOST: '::1' }).adminHost).toBe('::1');
});
