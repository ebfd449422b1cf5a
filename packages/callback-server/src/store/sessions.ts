import type { SessionRow } from './engine/inbox-rows.ts';
import type { StoreEngine } from './engine/store-engine.ts';

/** A session ends at this age, even if its visitor is active. */
const maxAgeMs = 12 * 3_600_000;
/** A session ends this long after the visitor's last request. */
const maxIdleMs = 3_600_000;
/** The clocks of two replicas may differ by this time. */
const maxSkewMs = 300_000;
/** Maximum number of sessions of one visitor. A further session ends the oldest session. */
const maxPerName = 20;

export type SessionStore = ReturnType<typeof createSessionStore>;

/** The sessions of the inbox, which replicas share. The store knows a session by the hash of its id. */
export function createSessionStore({
  findSession,
  addSession,
  touchSession,
  dropSession,
  dropOldestSessions,
}: StoreEngine) {
  return {
    /** A session that has not ended by its age or by its idle time. */
    find: async (idHash: Uint8Array): Promise<SessionRow | undefined> => {
      const session = await findSession(idHash);
      return session && !hasEnded(session, Date.now()) ? session : undefined;
    },
    /** @param proof - A hash of the visitor's account. A change of the account changes the hash, and so ends the session. */
    add: async (idHash: Uint8Array, name: string, proof: Uint8Array): Promise<void> => {
      await addSession(idHash, { name, proof, createdAt: new Date() });
      await dropOldestSessions(name, maxPerName);
    },
    /** Notes that the visitor has made a request. */
    touch: (idHash: Uint8Array): Promise<void> => touchSession(idHash, new Date()),
    drop: dropSession,
  };
}

/** Whether a session has ended at a time. A session from the future was made by a clock that was ahead. */
function hasEnded({ createdAt, seenAt }: Pick<SessionRow, 'createdAt' | 'seenAt'>, now: number): boolean {
  const ageMs = now - createdAt.getTime();
  const idleMs = now - seenAt.getTime();
  return ageMs > maxAgeMs || idleMs > maxIdleMs || Math.min(ageMs, idleMs) < -maxSkewMs;
}

export function dropEndedSessions({ dropSessions }: StoreEngine, now: Date): Promise<void> {
  return dropSessions(new Date(now.getTime() - maxAgeMs), new Date(now.getTime() + maxSkewMs));
}
