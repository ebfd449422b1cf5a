import { expect, test } from 'vitest';
import { serveOptions } from '../../src/settings/serve-settings.ts';
import { token } from '../support/callbacks.ts';
import { leastSettings } from '../support/least-settings.ts';

test('with tokens alone, the server is reachable from this machine only', () => {
  expect(serveOptions(leastSettings)).toEqual({
    callbackTokens: [token],
    trustedProxyHops: 0,
    port: 4020,
    host: '127.0.0.1',
    maxBodyBytes: 262_144,
    maxConnections: 1000,
    keepAliveMs: 75_000,
    concurrency: 256,
    agreeMs: 900_000,
    unconfirmed: 'wait',
    unconfirmedAfterMs: 3_600_000,
    pullsPerMinute: 120,
    reconcileMs: 3_600_000,
    unverifiableMs: 86_400_000,
    forwardOrder: 'strict',
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

test.each([`${token}\n`, ` ${token} \n\n`, `${token}\r\n`])(
  'white space around a value is ignored: %j',
  (text) => {
    expect(serveOptions({ CALLBACK_TOKENS: text }).callbackTokens).toEqual([token]);
  },
);

test('the error about an empty value after a comma says so', () => {
  expect(() => serveOptions({ CALLBACK_TOKENS: `${token},` })).toThrow('on both sides of each comma');
});

test('serveOptions reads every factor, with several secrets each', () => {
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

test('a body can be as large as all bodies that may wait for a commit, and an error names the maximum', () => {
  expect(serveOptions({ ...leastSettings, MAX_BODY_BYTES: '16777216' }).maxBodyBytes).toBe(16_777_216);
  expect(() => serveOptions({ ...leastSettings, MAX_BODY_BYTES: '16777217' })).toThrow('16777216');
});

test('serveOptions refuses an admin API that other machines could reach without a token', () => {
  expect(() => serveOptions({ ...leastSettings, ADMIN_HOST: '0.0.0.0' })).toThrow('ADMIN_TOKENS');
  expect(serveOptions({ ...leastSettings, ADMIN_HOST: '0.0.0.0', ADMIN_TOKENS: token }).adminHost).toBe(
    '0.0.0.0',
  );
  expect(serveOptions({ ...leastSettings, ADMIN_HOST: '::1' }).adminHost).toBe('::1');
});

test.each([
  'sqlite:callbacks.db',
  'sqlite:./callbacks.db',
  'sqlite:/var/callbacks.db',
  'sqlite:///var/callbacks.db',
])('serveOptions accepts DATABASE_URL=%s', (url) => {
  expect(serveOptions({ ...leastSettings, DATABASE_URL: url }).databaseUrl).toBe(url);
});

test('an order of the forward URL needs that URL, and is one of three words', () => {
  const forwarding = { ...leastSettings, FORWARD_URL: 'https://bank.example/callbacks' };
  expect(serveOptions({ ...forwarding, FORWARD_ORDER: 'latest' }).forwardOrder).toBe('latest');
  expect(() => serveOptions({ ...forwarding, FORWARD_ORDER: 'newest' })).toThrow('latest, strict or none');
  expect(() => serveOptions({ ...leastSettings, FORWARD_ORDER: 'none' })).toThrow(
    'no effect without FORWARD_URL',
  );
});

test('settings of notifications become options, and ADMIN_URL becomes the option adminUrl', () => {
  const NOTIFY_SECRET = 'bm90IGEgcmVhbCBzZWNyZXQh';
  const { notify, adminUrl } = serveOptions({
    ...leastSettings,
    ADMIN_URL: 'https://callbacks.bank.example',
    ADMIN_TOKENS: 'not-a-real-token-1',
    NOTIFY_URL: 'https://chat.bank.example/a-secret-path',
    NOTIFY_SECRET,
    NOTIFY_EMAIL_URL: 'smtps://user:not-a-real-password@mail.example',
    NOTIFY_EMAIL_FROM: 'callbacks@bank.example',
    NOTIFY_EMAIL_TO: 'operator@bank.example, second@bank.example',
    NOTIFY_QUIET_MINUTES: '90',
  });
  expect(adminUrl).toBe('https://callbacks.bank.example');
  expect(notify).toEqual({
    url: 'https://chat.bank.example/a-secret-path',
    secret: NOTIFY_SECRET,
    email: {
      url: 'smtps://user:not-a-real-password@mail.example',
      from: 'callbacks@bank.example',
      to: ['operator@bank.example', 'second@bank.example'],
    },
    intervalMs: 300_000,
    quietMs: 5_400_000,
  });
});
