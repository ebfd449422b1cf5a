import { expect, test } from 'vitest';
import { createTokenAccounts, createUserAccounts } from '../../../src/inbox/access/accounts.ts';
import { TooManyWaitError } from '../../../src/inbox/access/in-turn.ts';
import { inboxUser, passwordOf } from '../../support/inbox-users.ts';

const users = [inboxUser('asha', 'revealer', 'operator'), inboxUser('vera')];

test('a user signs in with their own password, and gets the roles of the file', async () => {
  const accounts = createUserAccounts(users);
  expect(await accounts.check('asha', passwordOf('asha'))).toMatchObject({
    name: 'asha',
    roles: users[0]?.roles,
  });
  expect(await accounts.check('vera', passwordOf('asha'))).toBeUndefined();
  expect(await accounts.check('Asha', passwordOf('asha'))).toBeUndefined();
});

test('an unknown name costs one check of one stored hash, like a known name', async () => {
  const checked: string[] = [];
  const accounts = createUserAccounts(users, async (_, hash) => {
    checked.push(hash);
    return true;
  });
  const results = await Promise.all(['asha', 'nobody', ''].map((name) => accounts.check(name, 'x')));
  expect(results.map((account) => account?.name)).toEqual(['asha', undefined, undefined]);
  expect(checked).toHaveLength(3);
  const stored = users.map(({ passwordHash }) => passwordHash);
  for (const hash of checked) expect(stored).toContain(hash);
});

test('one password is checked at a time, eight wait, and the next is refused', async () => {
  let running = 0;
  let maxRunning = 0;
  const gate = Promise.withResolvers<void>();
  const accounts = createUserAccounts(users, async () => {
    running += 1;
    maxRunning = Math.max(maxRunning, running);
    await gate.promise;
    running -= 1;
    return true;
  });
  const check = () => accounts.check('asha', 'x');
  const checks = Array.from({ length: 9 }, check);
  await expect(check()).rejects.toBeInstanceOf(TooManyWaitError);
  gate.resolve();
  expect((await Promise.all(checks)).map((account) => account?.name)).toEqual(checks.map(() => 'asha'));
  expect(await check()).toBeDefined();
  expect(maxRunning).toBe(1);
});

test('a change of the roles or of the password changes the credential', () => {
  const [asha] = users;
  if (!asha) throw new Error('No user.');
  const credentialOf = (changes: object) =>
    createUserAccounts([{ ...asha, ...changes }]).named('asha')[0]?.credential;
  expect(credentialOf({ roles: ['operator', 'revealer'] })).toBe(credentialOf({}));
  expect(credentialOf({ roles: ['operator'] })).not.toBe(credentialOf({}));
  expect(credentialOf({ passwordHash: users[1]?.passwordHash.replace('scrypt', 'other') })).not.toBe(
    credentialOf({}),
  );
});

test('without users, any of the admin tokens signs in, with both roles', async () => {
  const tokens = ['not-a-real-admin-1', 'not-a-real-admin-2'];
  const accounts = createTokenAccounts(tokens);
  for (const token of tokens)
    expect(await accounts.check('', token)).toEqual({
      name: 'admin',
      roles: ['operator', 'revealer'],
      credential: token,
    });
  expect(await accounts.check('', 'not-a-real-admin-3')).toBeUndefined();
});
