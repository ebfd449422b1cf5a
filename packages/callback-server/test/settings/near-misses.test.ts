import { expect, test } from 'vitest';
import { serveOptions } from '../../src/settings/serve-settings.ts';
import { leastSettings } from '../support/least-settings.ts';

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
])('serveOptions refuses %s, which is almost a setting, and does not quote its value', (name) => {
  const read = () => serveOptions({ ...leastSettings, [name]: 'canary' });
  expect(read).toThrow(new RegExp(`^Invalid settings:\\n  ${name}: .*Give [A-Z_]+`));
  expect(read).not.toThrow('canary');
});

test('names of other programs are no near misses', () => {
  const foreign =
    `HOSTNAME POST PORTS PUBLIC_IP PUBLIC_KEY ADMIN_PASS ADMIN_USER ADMIN_EMAIL MASTER_HOST MASTER_PORT
    PGHOST DATABASE_NAME REDIS_URL BASE_URL FORWARDED_ALLOW_IPS MAX_CONNECTION_AGE KUBERNETES_PORT ADMIN_SERVICE_HOST
    NOTIFY_SOCKET CALLBACK_SERVER_PORT CALLBACK_URL MAX_REQUEST_BYTES KEEP_ALIVE`.split(/\s+/);
  expect(() =>
    serveOptions({ ...leastSettings, ...Object.fromEntries(foreign.map((name) => [name, 'x'])) }),
  ).not.toThrow();
  expect(() => serveOptions({ ...leastSettings, FORWARD_URLS: '' })).not.toThrow();
});
