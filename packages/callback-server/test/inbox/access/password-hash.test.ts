import { expect, test } from 'vitest';
import { hashPassword, parsePasswordHash, verifyPassword } from '../../../src/inbox/access/password-hash.ts';
import { cheapHash } from '../../support/inbox-users.ts';

const password = 'not-a-real-password-1';

test('a hash verifies its own password only, and equal passwords have different hashes', async () => {
  const [one, other] = await Promise.all([hashPassword(password), hashPassword(password)]);
  expect(one).not.toBe(other);
  expect(one).toMatch(/^scrypt\$65536\$8\$2\$[\w-]{22}\$[\w-]{43}$/);
  expect(await verifyPassword(password, one)).toBe(true);
  expect(await verifyPassword(`${password} `, one)).toBe(false);
});

test('a letter with a combining accent verifies like the accented letter', async () => {
  const hash = cheapHash('caf\u00e9-not-a-real-password');
  expect(await verifyPassword('cafe\u0301-not-a-real-password', hash)).toBe(true);
});

const [salt, key] = ['A'.repeat(22), 'B'.repeat(43)];

test.each([
  ['the lowest cost', `scrypt$16384$8$1$${salt}$${key}`],
  ['the highest cost', `scrypt$131072$8$16$${salt}$${key}`],
])('%s is accepted', (_, text) => {
  expect(parsePasswordHash(text)).toBeDefined();
});

test.each([
  ['nothing', ''],
  ['a password', password],
  ['another method', `argon2id$16384$8$1$${salt}$${key}`],
  ['a cost that can be guessed', `scrypt$8192$8$1$${salt}$${key}`],
  ['a cost of too much memory', `scrypt$262144$8$1$${salt}$${key}`],
  ['a block size of too much memory', `scrypt$131072$16$1$${salt}$${key}`],
  ['a cost of too much time', `scrypt$131072$8$17$${salt}$${key}`],
  ['no round', `scrypt$131072$8$0$${salt}$${key}`],
  ['what is no power of two', `scrypt$16385$8$1$${salt}$${key}`],
  ['a short salt', `scrypt$16384$8$1$AAAA$${key}`],
  ['a short key', `scrypt$16384$8$1$${salt}$BBBB`],
  ['a text after the key', `scrypt$16384$8$1$${salt}$${key}$x`],
])('%s is no hash', (_, text) => {
  expect(parsePasswordHash(text)).toBeUndefined();
});
