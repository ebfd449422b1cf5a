import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { confirmOf } from '../../src/server/create-confirmation.ts';
import { serveOptions } from '../../src/settings/serve-settings.ts';
import { token } from '../support/callbacks.ts';
import { inboxUser } from '../support/inbox-users.ts';

const least = { CALLBACK_TOKENS: token };

test('with tokens alone, the server is reachable from this machine only', () => {
  expect(serveOptions(least)).toEqual({
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
  'a line break at the end of a value is no value: %j',
  (text) => {
    expect(serveOptions({ CALLBACK_TOKENS: text }).callbackTokens).toEqual([token]);
  },
);

test('an empty value between commas is named as such', () => {
  expect(() => serveOptions({ CALLBACK_TOKENS: `${token},` })).toThrow('on both sides of each comma');
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

const partner = { PARTNER_USERNAME: 'example-broker', PARTNER_PASSWORD: 'Not-a-real-password-1' };

test('decisions are confirmed as soon as the provider is known', () => {
  const known = { ...least, ...partner, PROVIDER_URL: 'preproduction' };
  expect(confirmOf(serveOptions(least))).toBe('never');
  expect(confirmOf(serveOptions(known))).toBe('decisions');
  expect(confirmOf(serveOptions({ ...known, CONFIRM: 'always' }))).toBe('always');
  expect(serveOptions({ ...known, PROVIDER_URL: 'https://provider.example' }).provider).toBeTypeOf(
    'function',
  );
});

test.each([
  ['CONFIRM', { CONFIRM: 'accept' }],
  ['PROVIDER_URL', { PROVIDER_URL: 'preproduction' }],
  ['PARTNER_USERNAME', partner],
  ['PROVIDER_URL', { ...partner, PROVIDER_URL: 'ftp://provider.example' }],
  ['CONFIRM', { CONFIRM: 'sometimes' }],
  ['UNCONFIRMED', { UNCONFIRMED: 'drop' }],
  ['UNCONFIRMED', { UNCONFIRMED: 'quarantine' }],
  ['PULLS_PER_MINUTE', { PULLS_PER_MINUTE: '5' }],
  ['RECONCILE_MINUTES', { RECONCILE_MINUTES: '5' }],
  ['CONFIRM_MINUTES', { CONFIRM_MINUTES: '5' }],
  ['UNVERIFIABLE_HOURS', { UNVERIFIABLE_HOURS: '5' }],
  ['PULLS_PER_MINUTE', { PULLS_PER_MINUTE: '60' }],
  ['UNCONFIRMED_MINUTES', { UNCONFIRMED_MINUTES: '5' }],
  ['UNCONFIRMED', { ...partner, PROVIDER_URL: 'preproduction', CONFIRM: 'never', UNCONFIRMED: 'deliver' }],
  ['ADMIN_PORT', { PORT: '8080', ADMIN_PORT: '8080' }],
  ['PORT', { PORT: '6000' }],
  ['ADMIN_PORT', { ADMIN_PORT: '10080' }],
  ['HOST', { HOST: '[::1]' }],
  ['HOST', { HOST: '127.0.0.1 ' }],
])('a wrong or useless %s is refused: %j', (name, given) => {
  expect(() => serveOptions({ ...least, ...given })).toThrow(`  ${name}`);
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
  writeFileSync(path, '\n');
  const empty = 'the file in DATABASE_URL_FILE is empty';
  expect(() => serveOptions({ ...least, DATABASE_URL_FILE: path })).toThrow(empty);
});

test.each([
  ['UTF-16, as PowerShell writes it', Buffer.from('\ufeffcanary', 'utf16le')],
  ['UTF-16 without a byte order mark', Buffer.from('canary', 'utf16le')],
  ['Latin-1', Buffer.from('canäry', 'latin1')],
])('a secret in a file of %s is refused: it would be another secret', (_, bytes) => {
  const folder = mkdtempSync(join(tmpdir(), 'callback-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'secret');
  writeFileSync(path, bytes);
  const given = { ...least, PARTNER_PASSWORD_FILE: path };
  expect(() => serveOptions(given)).toThrow(
    'PARTNER_PASSWORD: the file in PARTNER_PASSWORD_FILE is not UTF-8',
  );
  expect(() => serveOptions(given)).not.toThrow(/can/);
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
  ['ALLOWED_ADDRESSES', '::ffff:198.51.100.0/24'],
  ['ALLOWED_ADDRESSES', '192.0.2.77/24'],
  ['ALLOWED_ADDRESSES', '2001:db8::77/32'],
  ['ALLOWED_ADDRESSES', '192.0.2.0/08'],
  ['ALLOWED_ADDRESSES', '198.51.100.0/'],
  ['ALLOWED_ADDRESSES', '198.51.100'],
  ['ALLOWED_ADDRESSES', 'fe80::1%eth0'],
  ['TRUSTED_PROXY_HOPS', '-1'],
  ['TRUSTED_PROXIES', '10.0.0.1/8'],
  ['PORT', '65536'],
  ['PORT', 'http'],
  ['MAX_BODY_BYTES', '-100'],
  ['MAX_CONNECTIONS', '1e3'],
  ['INVALID_CALLBACKS', 'drop'],
  ['DATABASE_URL', 'mysql://db.example/callbacks'],
  ['MASTER_KEYS', 'k1:c2hvcnQ='],
  ['MASTER_KEYS', ['k1', 'k2'].map((id) => `${id}:${Buffer.alloc(32, 'k').toString('base64')}`).join()],
  ['CALLBACK_TOKENS', `${token},${token}`],
  ['DISK_RESERVE_BYTES', '5%'],
  ['ADMIN_TOKENS', 'short'],
  ['ADMIN_URL', 'admin.example'],
  ['ADMIN_URL', 'https://inbox.example/inbox'],
  ['ADMIN_URL', 'https://someone:something@inbox.example'],
  ['ADMIN_URL', 'ftp://inbox.example'],
  ['INBOX_USERS_FILE', '/no/such/file'],
  ['FORWARD_URL', 'ftp://forward.example'],
  ['FORWARD_URL', 'https://someone:something@forward.example'],
  ['FORWARD_URL', 'http://forward.example:6000/'],
  ['FORWARD_URL', 'http://forward.example:25/'],
  ['FORWARD_SECRET', '%'],
  ['FORWARD_SECRET', 'eA=='],
  ['FORWARD_SECRET', 'whsec_eHh4eHh4eHh4eHg='],
  ['DRAIN_SECONDS', 'soon'],
  ['SHUTDOWN_GRACE_SECONDS', '0.5'],
  ['ADMIN_URL', 'callbacks.example'],
  ['NOTIFY_URL', 'smtp://mail.example'],
  ['NOTIFY_SECRET', 'eA=='],
  ['NOTIFY_EMAIL_URL', 'https://mail.example'],
  ['NOTIFY_EMAIL_URL', 'smtps://mail.example/?tls.rejectUnauthorized=false'],
  ['NOTIFY_EMAIL_URL', 'smtps://user@mail.example'],
  ['NOTIFY_EMAIL_URL', 'smtps://user:50%@mail.example'],
  ['NOTIFY_EMAIL_FROM', 'Operator <operator@bank.example>'],
  ['NOTIFY_EMAIL_TO', 'operator@bank.example,second'],
  ['NOTIFY_MINUTES', '2000'],
  ['NOTIFY_QUIET_MINUTES', '-1'],
  ['PUBLIC_URL', 'callbacks.example'],
  ['PUBLIC_URL', 'https://callbacks.example:6697'],
])('refuses %s=%s without quoting the value', (name, value) => {
  const read = () => serveOptions({ ...least, [name]: value });
  expect(read).toThrow(new RegExp(`^Invalid settings:\\n  ${name}: `));
  if (value) expect(read).not.toThrow(value);
});

test.each([
  'CALLBACK_TOKEN',
  'CALLBACK_TOKEN_FILE',
  'CALLBACKS_TOKENS',
  'FORWARD_URLS',
  'FOWARD_URL',
  'FROWARD_URL',
  'forward_url',
  'FORWARD-URL',
  'DATABSE_URL',
  'MASTER_KEY_FILE',
  'KEEP_BODY_DAYS',
  'PUBLIC_URL_FILE',
  'MAX_BODY_BYTES_FILE',
  'INBOX_USERS',
  'INBOX_USER_FILE',
  'INBOX_USERS_FILE_FILE',
  'ADMIN_URI',
  'ADMIN_URL_FILE',
])('refuses %s, which is almost a setting, and does not quote its value', (name) => {
  const read = () => serveOptions({ ...least, [name]: 'canary' });
  expect(read).toThrow(new RegExp(`^Invalid settings:\\n  ${name}: .*Give [A-Z_]+`));
  expect(read).not.toThrow('canary');
});

test.each([
  [{}, 'openssl rand -hex 16'],
  [{ ...least, ADMIN_TOKENS: 'short' }, 'openssl rand -hex 16'],
  [{ ...least, MASTER_KEYS: Buffer.alloc(32, 'k').toString('base64') }, 'openssl rand -base64 32'],
  [{ ...least, FORWARD_URL: 'http://127.0.0.1:1/', FORWARD_SECRET: '%' }, 'openssl rand -base64 32'],
  [{ ...least, FORWARD_URL: 'http://127.0.0.1:1/', FORWARD_SECRET: 'eA==' }, 'openssl rand -base64 32'],
])('a missing or wrong secret in %j is reported with a command that makes a secret', (settings, command) => {
  expect(() => serveOptions(settings)).toThrow(command);
});

test('names of other programs are no near misses', () => {
  const foreign =
    `HOSTNAME POST PORTS PUBLIC_IP PUBLIC_KEY ADMIN_PASS ADMIN_USER ADMIN_EMAIL MASTER_HOST MASTER_PORT
    PGHOST DATABASE_NAME REDIS_URL BASE_URL FORWARDED_ALLOW_IPS MAX_CONNECTION_AGE KUBERNETES_PORT ADMIN_SERVICE_HOST
    NOTIFY_SOCKET CALLBACK_SERVER_PORT CALLBACK_URL MAX_REQUEST_BYTES KEEP_ALIVE`.split(/\s+/);
  expect(() =>
    serveOptions({ ...least, ...Object.fromEntries(foreign.map((name) => [name, 'x'])) }),
  ).not.toThrow();
  expect(() => serveOptions({ ...least, FORWARD_URLS: '' })).not.toThrow();
});

test('users of the inbox are read from a file, whose first wrong line is named and not quoted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callback-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'users');
  const given = { ...least, INBOX_USERS_FILE: path, ADMIN_URL: 'https://inbox.example' };
  const { passwordHash } = inboxUser('asha');
  writeFileSync(path, `\uFEFFasha:operator:${passwordHash}\n`);
  expect(serveOptions(given)).toMatchObject({
    adminUrl: 'https://inbox.example',
    inboxUsers: [{ name: 'asha', roles: ['operator'], passwordHash }],
  });
  writeFileSync(path, `asha:operator:${passwordHash}\nvera::canary\n`);
  expect(() => serveOptions(given)).toThrow('  INBOX_USERS_FILE: line 2 must end with a hash');
  expect(() => serveOptions(given)).not.toThrow(/canary|scrypt\$/);
});

test('every setting that can hold a secret can come from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callback-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'secret');
  writeFileSync(path, 'https://forward.example/a-secret-path\n');
  expect(serveOptions({ ...least, FORWARD_URL_FILE: path }).forwardUrl).toBe(
    'https://forward.example/a-secret-path',
  );
});

test('a body can be as large as what may wait for a commit, and the maximum is named', () => {
  expect(serveOptions({ ...least, MAX_BODY_BYTES: '16777216' }).maxBodyBytes).toBe(16_777_216);
  expect(() => serveOptions({ ...least, MAX_BODY_BYTES: '16777217' })).toThrow('16777216');
});

test('refuses an admin API that other machines could reach without a token', () => {
  expect(() => serveOptions({ ...least, ADMIN_HOST: '0.0.0.0' })).toThrow('ADMIN_TOKENS');
  expect(serveOptions({ ...least, ADMIN_HOST: '0.0.0.0', ADMIN_TOKENS: token }).adminHost).toBe('0.0.0.0');
  expect(serveOptions({ ...least, ADMIN_HOST: '::1' }).adminHost).toBe('::1');
});

test.each([
  ['KEEP_ALIVE_SECONDS', '999999999', 'from 1 to 86400'],
  ['DRAIN_SECONDS', '86401', 'from 0 to 86400'],
  ['SHUTDOWN_GRACE_SECONDS', '2147484', 'from 0 to 86400'],
  ['CONCURRENCY', '1001', 'from 1 to 1000'],
  ['KEEP_BODIES_DAYS', '999999999', 'from 1 to 36500'],
  ['CALLBACK_HEADER', 'Content-Type: application/json', 'a header of its own'],
  ['CALLBACK_HEADER', 'X-Api-Key: not-a-real-sécret', 'printable ASCII'],
  ['ADMIN_TOKENS', 'not a real token with spaces', 'without spaces'],
])('refuses %s=%s, with which the server could not work', (name, value, problem) => {
  expect(() => serveOptions({ ...least, [name]: value })).toThrow(`${name}: `);
  expect(() => serveOptions({ ...least, [name]: value })).toThrow(problem);
});

test('refuses a header that carries the credentials of HTTP Basic', () => {
  const settings = { CALLBACK_HEADER: `Authorization: ${token}`, CALLBACK_BASIC: `user:${token}` };
  expect(() => serveOptions({ ...least, ...settings })).toThrow('CALLBACK_HEADER: must be another header');
});

test.each([
  ['sqlite://callbacks.db', 'sqlite:callbacks.db'],
  ['sqlite::memory:', 'memory'],
  ['sqlite:callbacks.db?mode=ro', 'no parameters'],
  ['sqlite:file:callbacks.db', 'without `file:`'],
])('refuses DATABASE_URL=%s, which is no path of a file', (url, problem) => {
  expect(() => serveOptions({ ...least, DATABASE_URL: url })).toThrow(/DATABASE_URL: /);
  expect(() => serveOptions({ ...least, DATABASE_URL: url })).toThrow(problem);
});

test.each([
  'sqlite:callbacks.db',
  'sqlite:./callbacks.db',
  'sqlite:/var/callbacks.db',
  'sqlite:///var/callbacks.db',
])('accepts DATABASE_URL=%s', (url) => {
  expect(serveOptions({ ...least, DATABASE_URL: url }).databaseUrl).toBe(url);
});

test.each([
  [{ FORWARD_SECRET: 'bm90IGEgcmVhbCBzZWNyZXQh' }, 'FORWARD_SECRET: signs only what goes to FORWARD_URL'],
  [{ ADMIN_URL: 'https://inbox.example' }, 'ADMIN_URL: needs INBOX_USERS_FILE or ADMIN_TOKENS'],
  [{ TRUSTED_PROXIES: '192.0.2.0/24' }, 'TRUSTED_PROXIES: has no effect without TRUSTED_PROXY_HOPS'],
  [{ NOTIFY_SECRET: 'bm90IGEgcmVhbCBzZWNyZXQh' }, 'NOTIFY_SECRET: signs only what goes to NOTIFY_URL'],
  [{ NOTIFY_EMAIL_URL: 'smtps://mail.example' }, 'NOTIFY_EMAIL_URL: needs NOTIFY_EMAIL_FROM and'],
  [{ NOTIFY_EMAIL_FROM: 'a@bank.example' }, 'have no effect without NOTIFY_EMAIL_URL'],
  [{ NOTIFY_MINUTES: '10' }, 'NOTIFY_MINUTES: has no effect without NOTIFY_URL or NOTIFY_EMAIL_URL'],
  [{ NOTIFY_QUIET_MINUTES: '0' }, 'NOTIFY_QUIET_MINUTES: has no effect without NOTIFY_URL'],
])('refuses %o, which would have no effect or admit strangers', (environment, problem) => {
  expect(() => serveOptions({ ...least, ...environment })).toThrow(problem);
});

test('settings that contradict each other are reported together', () => {
  const environment = { ADMIN_HOST: '0.0.0.0', TRUSTED_PROXIES: '192.0.2.0/24' };
  expect(() => serveOptions({ ...least, ...environment })).toThrow(/ADMIN_TOKENS: .*\n.*TRUSTED_PROXIES: /);
});

test('minutes and hours of the reconciliation become milliseconds, and 0 turns it off', () => {
  const known = { ...least, ...partner, PROVIDER_URL: 'preproduction' };
  expect(serveOptions({ ...known, RECONCILE_MINUTES: '0', UNVERIFIABLE_HOURS: '2' })).toMatchObject({
    reconcileMs: 0,
    unverifiableMs: 7_200_000,
  });
  expect(() => serveOptions({ ...least, UNVERIFIABLE_HOURS: '0' })).toThrow('UNVERIFIABLE_HOURS');
});

test('an order of the forward URL needs that URL, and is one of three words', () => {
  const forwarding = { ...least, FORWARD_URL: 'https://bank.example/callbacks' };
  expect(serveOptions({ ...forwarding, FORWARD_ORDER: 'latest' }).forwardOrder).toBe('latest');
  expect(() => serveOptions({ ...forwarding, FORWARD_ORDER: 'newest' })).toThrow('latest, strict or none');
  expect(() => serveOptions({ ...least, FORWARD_ORDER: 'none' })).toThrow('no effect without FORWARD_URL');
});

test('settings of notifications become options, and the link of a message too', () => {
  const NOTIFY_SECRET = 'bm90IGEgcmVhbCBzZWNyZXQh';
  const { notify, adminUrl } = serveOptions({
    ...least,
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
