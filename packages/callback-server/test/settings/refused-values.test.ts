import { expect, test } from 'vitest';
import { serveOptions } from '../../src/settings/serve-settings.ts';
import { token } from '../support/callbacks.ts';
import { leastSettings } from '../support/least-settings.ts';

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
])('serveOptions refuses %s=%s without quoting the value', (name, value) => {
  const read = () => serveOptions({ ...leastSettings, [name]: value });
  expect(read).toThrow(new RegExp(`^Invalid settings:\\n  ${name}: `));
  if (value) expect(read).not.toThrow(value);
});

test.each([
  [{}, 'openssl rand -hex 16'],
  [{ ...leastSettings, ADMIN_TOKENS: 'short' }, 'openssl rand -hex 16'],
  [{ ...leastSettings, MASTER_KEYS: Buffer.alloc(32, 'k').toString('base64') }, 'openssl rand -base64 32'],
  [{ ...leastSettings, FORWARD_URL: 'http://127.0.0.1:1/', FORWARD_SECRET: '%' }, 'openssl rand -base64 32'],
  [
    { ...leastSettings, FORWARD_URL: 'http://127.0.0.1:1/', FORWARD_SECRET: 'eA==' },
    'openssl rand -base64 32',
  ],
])('a missing or wrong secret in %j is reported with a command that makes a secret', (settings, command) => {
  expect(() => serveOptions(settings)).toThrow(command);
});

test.each([
  ['KEEP_ALIVE_SECONDS', '999999999', 'from 1 to 86400'],
  ['DRAIN_SECONDS', '86401', 'from 0 to 86400'],
  ['SHUTDOWN_GRACE_SECONDS', '2147484', 'from 0 to 86400'],
  ['CONCURRENCY', '1001', 'from 1 to 1000'],
  ['KEEP_BODIES_DAYS', '999999999', 'from 1 to 36500'],
  ['CALLBACK_HEADER', 'Content-Type: application/json', 'a header without another purpose'],
  ['CALLBACK_HEADER', 'X-Api-Key: not-a-real-sécret', 'printable ASCII'],
  ['ADMIN_TOKENS', 'not a real token with spaces', 'without spaces'],
])('serveOptions refuses %s=%s, with which the server could not work', (name, value, problem) => {
  expect(() => serveOptions({ ...leastSettings, [name]: value })).toThrow(`${name}: `);
  expect(() => serveOptions({ ...leastSettings, [name]: value })).toThrow(problem);
});

test('serveOptions refuses a header that carries the credentials of HTTP Basic', () => {
  const settings = { CALLBACK_HEADER: `Authorization: ${token}`, CALLBACK_BASIC: `user:${token}` };
  expect(() => serveOptions({ ...leastSettings, ...settings })).toThrow(
    'CALLBACK_HEADER: must be another header',
  );
});

test.each([
  ['sqlite://callbacks.db', 'sqlite:callbacks.db'],
  ['sqlite::memory:', 'memory'],
  ['sqlite:callbacks.db?mode=ro', 'no parameters'],
  ['sqlite:file:callbacks.db', 'without `file:`'],
])('serveOptions refuses DATABASE_URL=%s, which is no path of a file', (url, problem) => {
  expect(() => serveOptions({ ...leastSettings, DATABASE_URL: url })).toThrow(/DATABASE_URL: /);
  expect(() => serveOptions({ ...leastSettings, DATABASE_URL: url })).toThrow(problem);
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
])('serveOptions refuses %o, which would have no effect or admit strangers', (environment, problem) => {
  expect(() => serveOptions({ ...leastSettings, ...environment })).toThrow(problem);
});

test('settings that contradict each other are reported together', () => {
  const environment = { ADMIN_HOST: '0.0.0.0', TRUSTED_PROXIES: '192.0.2.0/24' };
  expect(() => serveOptions({ ...leastSettings, ...environment })).toThrow(
    /ADMIN_TOKENS: .*\n.*TRUSTED_PROXIES: /,
  );
});
