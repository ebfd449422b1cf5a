import { expect, test } from 'vitest';
import { parseUsers } from '../../../src/inbox/access/parse-users.ts';
import { cheapHash } from '../../support/inbox-users.ts';

const hash = cheapHash('not-a-real-password-1');

test('a file has one line for each user, and comments and empty lines are left out', () => {
  const text = `# Operators\r\nasha:operator,revealer:${hash}\r\n\n  vera::${hash}\n`;
  expect(parseUsers(text)).toEqual([
    { name: 'asha', roles: ['operator', 'revealer'], passwordHash: hash },
    { name: 'vera', roles: [], passwordHash: hash },
  ]);
});

test.each([
  ['an empty file', '\n# nobody\n', 'must have at least one user'],
  ['a name with a space', `as ha::${hash}`, 'line 1 must have a name'],
  ['a name that is too long', `${'a'.repeat(61)}::${hash}`, 'line 1 must have a name'],
  ['no name', `::${hash}`, 'line 1 must have a name'],
  ['a role that does not exist', `# canary\nasha:owner:${hash}`, 'line 2 must have roles'],
  ['a role twice', `asha:operator,operator:${hash}`, 'line 1 must have roles'],
  ['a space between roles', `asha:operator, revealer:${hash}`, 'line 1 must have roles'],
  ['a password instead of its hash', 'asha::canary-password', 'line 1 must end with a hash'],
  ['no hash', 'asha:operator', 'line 1 must end with a hash'],
  ['a name twice', `asha::${hash}\n\nASHA::${hash}`, 'line 3 has the name of an earlier user'],
  [
    'too many users',
    Array.from({ length: 1001 }, (_, at) => `u${at}::${hash}`).join('\n'),
    'at most 1000 users',
  ],
  ['a file that is too long', '#'.repeat(1_000_001), 'at most 1000000 characters'],
])('%s is refused with the line and the remedy, and is not quoted', (_, text, problem) => {
  expect(() => parseUsers(text)).toThrow(problem);
  expect(() => parseUsers(text)).not.toThrow(/canary|scrypt\$|ASHA/);
});
