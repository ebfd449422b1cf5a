import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveOptions } from '../../src/settings/serve-settings.ts';
import { token } from '../support/callbacks.ts';
import { inboxUser } from '../support/inbox-users.ts';
import { leastSettings } from '../support/least-settings.ts';

test('serveOptions reads a secret from a file, and names the setting if the file cannot be read', () => {
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
  expect(() => serveOptions({ ...leastSettings, CALLBACK_TOKENS_FILE: path })).toThrow('one of them');
  writeFileSync(path, '\n');
  const empty = 'the file in DATABASE_URL_FILE is empty';
  expect(() => serveOptions({ ...leastSettings, DATABASE_URL_FILE: path })).toThrow(empty);
});

test.each([
  ['UTF-16, as PowerShell writes it', Buffer.from('\ufeffcanary', 'utf16le')],
  ['UTF-16 without a byte order mark', Buffer.from('canary', 'utf16le')],
  ['Latin-1', Buffer.from('canäry', 'latin1')],
])('a secret in a file of %s is refused, because it would be read as another secret', (_, bytes) => {
  const folder = mkdtempSync(join(tmpdir(), 'callback-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'secret');
  writeFileSync(path, bytes);
  const given = { ...leastSettings, PARTNER_PASSWORD_FILE: path };
  expect(() => serveOptions(given)).toThrow(
    'PARTNER_PASSWORD: the file in PARTNER_PASSWORD_FILE is not UTF-8',
  );
  expect(() => serveOptions(given)).not.toThrow(/can/);
});

test('users of the inbox are read from a file, whose first wrong line is named and not quoted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callback-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'users');
  const given = { ...leastSettings, INBOX_USERS_FILE: path, ADMIN_URL: 'https://inbox.example' };
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
  expect(serveOptions({ ...leastSettings, FORWARD_URL_FILE: path }).forwardUrl).toBe(
    'https://forward.example/a-secret-path',
  );
});
