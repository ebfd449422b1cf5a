import type { WholeCallback } from '../callback/kept-callback.ts';
import type { OnDamaged } from './change-past-damage.ts';
import { LostCallbacksError, showDamagedWhole } from './damaged-callback.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { createErase } from './erase-merchant.ts';
import { createGiveUp } from './give-up.ts';
import { isDamage } from './is-damage.ts';
import { allRows } from './list-rows.ts';
import { dropAudit, dropCallbacks, maskBodies } from './purge-rows.ts';
import { showWhole } from './read-callback-row.ts';
import { createRedeliver } from './redeliver.ts';
import { createRelease } from './release.ts';
import { dropEndedSessions } from './sessions.ts';
import { type StoreProblem, verifyStore } from './verify-store.ts';

export type StoreMaintenance = ReturnType<typeof createMaintenance>;

/**
 * Work on stored callbacks that is not delivery. Large tables are processed in batches that fit in memory. A method
 * that returns a generator yields the number of rows that each batch changed.
 */
export function createMaintenance(engine: StoreEngine, encryption: Encryption) {
  const { compact, auditTrail, audit, reusableBytes, lastPurgeAt, oldestId, newestIdBefore } = engine;
  const { pseudonymOf } = encryption;
  return {
    /**
     * Every callback, oldest first. What is damaged or cannot be decrypted is shown as unreadable.
     *
     * @throws LostCallbacksError at the end, if not even the id of a callback can be read.
     */
    callbacks: () => readCallbacks(engine, encryption),
    /**
     * Reads everything and compares it with the hashes that were stored on receipt.
     *
     * @param onProblem - Called for each problem when it is found.
     */
    verify: async (onProblem: (problem: StoreProblem) => void) => {
      const databaseProblems = await checkFiles(engine);
      return verifyStore({ databaseProblems, callbacks: allRows(engine), encryption, onProblem });
    },
    /**
     * Like `verify`, but reads only callbacks, the oldest first, and only for a limited time.
     *
     * @returns `isComplete` is false if the time ended before the last callback.
     */
    verifyFor: (milliseconds: number, onProblem: (problem: StoreProblem) => void) => {
      const endsAt = performance.now() + milliseconds;
      return verifyStore({ databaseProblems: [], callbacks: allRows(engine), encryption, onProblem, endsAt });
    },
    /** Replaces bodies received before a time by masked copies. */
    maskBodies: (before: Date, onDamaged: OnDamaged) => maskBodies(engine, encryption, before, onDamaged),
    /** Drops callbacks received before a time, with their receipts, deliveries and attempts. */
    dropCallbacks: (before: Date, onDamaged: OnDamaged) => dropCallbacks(engine, before, onDamaged),
    beginPartition: (actor: string) => beginPartition(engine, actor),
    /** Drops audit entries from before a time. */
    dropAudit: (before: Date) => dropAudit(engine, before),
    /** Drops sessions of the inbox that have ended by their age. */
    dropEndedSessions: () => dropEndedSessions(engine, new Date()),
    redeliver: createRedeliver(engine, encryption),
    giveUp: createGiveUp(engine),
    release: createRelease(engine, encryption),
    erase: createErase(engine, encryption),
    /**
     * Wraps every data key with the first master key, so that the other master keys can be discarded.
     *
     * @param actor - Who asks, for the audit.
     */
    rewrapKeys: (actor: string) => rewrapKeys(engine, encryption, actor),
    /** The merchant's name in the audit. */
    pseudonymOf,
    audit,
    /** Audit entries, newest first. */
    auditTrail,
    /** Removes dropped data from the database files, as far as the engine can. */
    compact,
    /** The time of the last purge, the id of the oldest callback, and the id of the newest callback before a time. */
    times: { lastPurgeAt, oldestId, newestIdBefore },
    /** Bytes in the database's files that new data can use. */
    reusableBytes,
  };
}

async function* readCallbacks(engine: StoreEngine, encryption: Encryption): AsyncGenerator<WholeCallback> {
  const lost: number[] = [];
  for await (const row of allRows(engine))
    if ('id' in row) yield showWhole(row, encryption);
    else if (row.receipt) yield showDamagedWhole(row.receipt);
    else lost.push(row.sequence);
  if (lost.length > 0) throw new LostCallbacksError(lost);
}

async function rewrapKeys({ compact, audit }: StoreEngine, encryption: Encryption, actor: string) {
  const result = await encryption.rewrapKeys();
  await compact();
  await audit({ at: new Date(), actor, action: 'rewrap', details: { keys: result.rewrapped } });
  return result;
}

/**
 * Begins a partition for the callbacks that arrive from now on. A purge then drops the earlier callbacks at once.
 *
 * @param actor - Who asks, for the audit.
 * @returns The number of partitions.
 */
async function beginPartition(engine: StoreEngine, actor: string): Promise<number> {
  if (!engine.partitions)
    throw new Error('DATABASE_URL names a SQLite file, which has no partitions. Only PostgreSQL has them.');
  const partitions = await engine.partitions.begin();
  await engine.audit({ at: new Date(), actor, action: 'partition', details: { partitions } });
  return partitions;
}

/** The engine's own check reads damaged pages too. */
async function checkFiles(engine: StoreEngine): Promise<string[]> {
  try {
    return await engine.check();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return ['its files are damaged so much that the engine cannot check them'];
  }
}
