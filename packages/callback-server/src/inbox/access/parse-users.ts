import { type InboxUser, problemOfUsers } from './inbox-user.ts';
import type { Role } from './visitor.ts';

const maxLength = 1_000_000;

/**
 * Parses a file of users: a line `name:roles:hash` for each. Empty lines and lines that begin with # are left out.
 *
 * @throws Error naming the first line that is invalid, and what to give. It quotes nothing of the file.
 */
export function parseUsers(text: string): readonly InboxUser[] {
  if (text.length > maxLength) throw new Error(`must name a file of at most ${maxLength} characters.`);
  const lines = text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'));
  const users = lines.map(({ line }) => parseUser(line));
  const problem = problemOfUsers(users, (index) => `line ${lines[index]?.number}`);
  if (problem) throw new Error(problem);
  return users;
}

function parseUser(line: string): InboxUser {
  const [name = '', roles = '', ...hash] = line.split(':');
  return {
    name,
    // `problemOfUsers` checks the words.
    roles: roles === '' ? [] : (roles.split(',') as Role[]),
    passwordHash: hash.join(':'),
  };
}
