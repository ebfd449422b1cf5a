import { createHash } from 'node:crypto';
import { createSecretCheck } from '../../access/secret-check.ts';
import { createInTurn } from './in-turn.ts';
import type { InboxUser } from './inbox-user.ts';
import { verifyPassword } from './password-hash.ts';
import { type Role, roles } from './visitor.ts';

/** A visitor who can sign in. */
export interface Account {
  readonly name: string;
  readonly roles: readonly Role[];
  /** The user's roles and hash, or the token. A session ends when this value changes. */
  readonly credential: string;
}

export interface Accounts {
  readonly asksFor: 'password' | 'token';
  /**
   * The account that a name and a secret belong to.
   *
   * @throws TooManyWaitError if too many passwords wait to be checked.
   */
  check(name: string, secret: string): Promise<Account | undefined>;
  /** The accounts of a name. */
  named(name: string): readonly Account[];
}

/** A check takes 64 MiB and half a second of a core. One at a time leaves memory and time for the receiver. */
const maxWaitingChecks = 8;

/** @param verify - Checks a password against a hash. */
export function createUserAccounts(users: readonly InboxUser[], verify = verifyPassword): Accounts {
  const inTurn = createInTurn(maxWaitingChecks);
  const named = (name: string) => users.filter((user) => user.name === name).map(accountOf);
  return {
    asksFor: 'password',
    named,
    check: async (name, secret) => {
      const user = users.find((each) => each.name === name);
      // An unknown name takes as long as a known one: it is checked against the hash of some user.
      const { passwordHash } = user ?? decoyOf(name, users);
      const isRight = await inTurn(() => verify(secret, passwordHash));
      return isRight && user ? accountOf(user) : undefined;
    },
  };
}

/** The user whose hash an unknown name is checked against: always the same user for the same name. */
function decoyOf(name: string, users: readonly InboxUser[]): { readonly passwordHash: string } {
  const at = createHash('sha256').update(name).digest().readUInt32BE() % users.length;
  return users[at] ?? { passwordHash: '' };
}

function accountOf({ name, roles: own, passwordHash }: InboxUser): Account {
  return { name, roles: own, credential: JSON.stringify([[...own].sort(), passwordHash]) };
}

/** Without users, an admin token opens the inbox. */
export function createTokenAccounts(tokens: readonly string[]): Accounts {
  const accounts = tokens.map((token): Account => ({ name: 'admin', roles, credential: token }));
  const checks = tokens.map((token) => createSecretCheck([token]));
  return {
    asksFor: 'token',
    named: (name) => accounts.filter((account) => account.name === name),
    check: async (_, secret) => {
      const matches = await Promise.all(checks.map((isToken) => isToken(secret)));
      return accounts[matches.indexOf(true)];
    },
  };
}
