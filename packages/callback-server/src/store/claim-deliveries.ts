import { randomBytes } from 'node:crypto';
import type { Claim, ClaimedDelivery, SettledDelivery } from '../callback/delivery.ts';
import type { CallbackStore } from './callback-store.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { ClaimRow, ExpiredClaim } from './engine/read-rows.ts';
import type { SettledAttempt } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { label } from './read-callback-row.ts';

type DeliveryMethods =
  | 'claim'
  | 'reclaimExpired'
  | 'settle'
  | 'nextDueIn'
  | 'releaseDeferred'
  | 'correctDueTimes';

/** Rows that one call of the engine changes. */
const batchSize = 1000;

/** A key that this server does not have may arrive with its next start. */
const unreadableDelayMs = 60_000;

/** Claims deliveries, decrypts their callbacks, and settles them. */
export function createClaims(
  engine: StoreEngine,
  encryption: Encryption,
): Pick<CallbackStore, DeliveryMethods> {
  const { nextDueIn } = engine;
  return {
    claim: async (route, limits) => {
      const rows = await engine.claim(route, limits, newToken());
      const read = await Promise.all(rows.map((row) => readClaim(row, encryption)));
      const unreadable = read.filter((claim) => 'delayMs' in claim);
      if (unreadable.length > 0) await engine.settle(route, unreadable);
      return { claims: read.filter((claim) => 'body' in claim), unreadable: unreadable.length };
    },
    reclaimExpired: async (route) => (await engine.reclaimExpired(route, newToken())).map(claimedDelivery),
    settle: (route, settled) => engine.settle(route, settled.map(settledAttempt)),
    nextDueIn,
    releaseDeferred: (route) => untilFewer(batchSize, () => engine.releaseDeferred(route, batchSize)),
    correctDueTimes: (route) => untilFewer(batchSize, () => engine.correctDueTimes(route, batchSize)),
  };
}

/** Decrypts a claimed callback. If that is impossible, resolves to how to settle the claim. One bad row harms no other. */
async function readClaim(row: ClaimRow, encryption: Encryption): Promise<Claim | SettledAttempt> {
  const { event, verdict, dataKey, body } = row;
  const key = await encryption.keyById(dataKey).catch(() => undefined);
  if (!key) return { ...row, state: 'due', delayMs: unreadableDelayMs };
  if (!body) return { ...row, state: 'dead', delayMs: 0, outcome: 'its body is gone' };
  try {
    return {
      ...claimedDelivery(row),
      event,
      verdict,
      body: key.decrypt(body, label(row.id, 'body')),
    };
  } catch {
    return { ...row, state: 'dead', delayMs: 0, outcome: 'its body is damaged' };
  }
}

function claimedDelivery(row: ExpiredClaim): ClaimedDelivery {
  const { id, token, route, orderKey, callback, receivedAt, attempt } = row;
  return { token, route, orderKey, callback, callbackId: id, receivedAt, attempt };
}

function settledAttempt({ claim, settlement }: SettledDelivery): SettledAttempt {
  const { orderKey, token, callback } = claim;
  const { state } = settlement;
  return {
    orderKey,
    token,
    callback,
    state,
    delayMs: state === 'due' ? settlement.retryDelayMs : 0,
    outcome: state === 'taken' ? 'taken' : settlement.outcome,
  };
}

/** Repeats a change until it changes fewer rows than it may. */
async function untilFewer(limit: number, change: () => Promise<number>): Promise<void> {
  while ((await change()) >= limit);
}

function newToken(): string {
  return randomBytes(16).toString('hex');
}
