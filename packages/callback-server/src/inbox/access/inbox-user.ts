import { parsePasswordHash } from './password-hash.ts';
import { type Role, roles } from './visitor.ts';

/** A person who may sign in to the inbox. */
export interface InboxUser {
  /** 1 to 60 letters, digits and `. _ @ + -`. The audit records it. */
  readonly name: string;
  /** What the user may do besides reading. */
  readonly roles: readonly Role[];
  /** The hash that `callback-server hash-password` prints. */
  readonly passwordHash: string;
}

const maxUsers = 1000;

/**
 * What is wrong with users; `undefined` if they are acceptable. Names the user by its position, and quotes neither a name nor
 * a hash.
 *
 * @param at - Names the position of a user, counted from 0.
 */
export function problemOfUsers(
  users: readonly InboxUser[],
  at = (index: number) => `user ${index + 1}`,
): string | undefined {
  if (users.length === 0) return 'must have at least one user.';
  if (users.length > maxUsers) return `must have at most ${maxUsers} users.`;
  const names = users.map(({ name }) => name.toLowerCase());
  for (const [index, user] of users.entries()) {
    const problem =
      names.indexOf(names[index] ?? '') < index
        ? 'has the name of an earlier user, which differs at most in capital letters. Remove one of them.'
        : problemOfUser(user);
    if (problem) return `${at(index)} ${problem}`;
  }
  return undefined;
}

function problemOfUser({ name, roles: given, passwordHash }: InboxUser): string | undefined {
  if (!/^[\w.@+-]{1,60}$/.test(name))
    return 'must have a name of 1 to 60 letters, digits and . _ @ + -, before the first colon.';
  if (!given.every((role) => roles.includes(role)) || new Set(given).size < given.length)
    return `must have roles of ${roles.join(' and ')}, each once and separated by a comma, or none.`;
  return parsePasswordHash(passwordHash)
    ? undefined
    : 'must end with a hash. Run `callback-server hash-password`, and copy the whole line that it prints.';
}
