import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SessionStore } from '../../store/sessions.ts';
import type { Account, Accounts } from './accounts.ts';
import type { Visitor } from './visitor.ts';

/** Minimum time between two writes of a visitor's activity: each page makes several requests. */
const touchEveryMs = 60_000;

/**
 * Sessions of visitors that have signed in. The id of a session is random, and known to the visitor's browser only: the
 * database has its hash.
 */
export function createInboxSessions(store: SessionStore, accounts: Accounts) {
  return {
    /** Resolves to the id of a new session. */
    begin: async (account: Account): Promise<string> => {
      const id = randomBytes(32).toString('base64url');
      await store.add(idHashOf(id), account.name, proofOf(id, account));
      return id;
    },
    /**
     * The visitor of a session. `undefined` if the session has ended, or if the visitor's account has changed.
     *
     * @param isActive - Whether the visitor has asked for something. Otherwise the idle time goes on.
     */
    visitorOf: async (id: string, isActive: boolean): Promise<Visitor | undefined> => {
      if (!/^[\w-]{43}$/.test(id)) return undefined;
      const session = await store.find(idHashOf(id));
      if (!session) return undefined;
      const account = accounts.named(session.name).find((each) => isSame(session.proof, proofOf(id, each)));
      if (!account) {
        // The account may get its former credential again. The session must not come back then.
        await store.drop(idHashOf(id)).catch(() => {});
        return undefined;
      }
      if (isActive && Date.now() - session.seenAt.getTime() > touchEveryMs)
        // A full disk must not stop visitors from reading.
        await store.touch(idHashOf(id)).catch(() => {});
      return {
        name: account.name,
        roles: account.roles,
        csrfToken: keyedHash(id, 'csrf').toString('base64url'),
      };
    },
    end: async (id: string): Promise<void> => store.drop(idHashOf(id)),
  };
}

function idHashOf(id: string): Uint8Array {
  return hash('sha256', id, 'buffer');
}

/** Keyed with the id, so that the database reveals nothing about the credential. */
function proofOf(id: string, { name, credential }: Account): Uint8Array {
  return keyedHash(id, JSON.stringify([name, credential]));
}

function keyedHash(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
