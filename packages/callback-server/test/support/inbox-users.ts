import { scryptSync } from 'node:crypto';
import type { InboxUser, Role } from '../../src/index.ts';

/** The password of each test user is `not-a-real-password of` and the name. */
export const passwordOf = (name: string): string => `not-a-real-password of ${name}`;

/** Hashes a password at the lowest cost that a file of users may have. */
export function cheapHash(password: string): string {
  const salt = Buffer.alloc(16, 'salt');
  const key = scryptSync(password, salt, 32, { N: 16_384, r: 8, p: 1 });
  return `scrypt$16384$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

export function inboxUser(name: string, ...roles: Role[]): InboxUser {
  return { name, roles, passwordHash: cheapHash(passwordOf(name)) };
}
