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
  | 'settleWith'
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
  let lacksKey = false;
  return {
    claim: async (route, limits) => {
      // Claims nothing that only other servers can read.
      if (lacksKey) await encryption.assertUsable();
      const rows = await engine.claim(route, limits, newToken());
      const read = await Promise.all(rows.map((row) => readClaim(row, encryption)));
      const unreadable = read.filter((claim) => 'delayMs' in claim);
      lacksKey = unreadable.length > 0 && (await isUnusable(encryption));
      const left = lacksKey ? unreadable.map(leaveToOthers) : unreadable;
      if (left.length > 0) await engine.settle(route, left);
      return { claims: read.filter(isClaim), unreadable: unreadable.length };
    },
    reclaimExpired: async (route) => (await engine.reclaimExpired(route, newToken())).map(claimedDelivery),
    settle: (route, settled) => engine.settle(route, settled.map(settledAttempt)),
    settleWith: (settled, statements) =>
      engine.settleWith(settled.claim.route, settledAttempt(settled), statements),
    nextDueIn,
    releaseDeferred: async (route) => {
      let since: Date | undefined;
      do since = await engine.releaseDeferred(route, batchSize, since);
      while (since);
    },
    correctDueTimes: (route) => untilFewer(batchSize, () => engine.correctDueTimes(route, batchSize)),
  };
}

/** The row of an unreadable callback has a body too. */
function isClaim(claim: Claim | SettledAttempt): claim is Claim {
  return !('delayMs' in claim);
}

/** Whether this server lacks a master key, so that other servers can read what it cannot. */
function isUnusable(encryption: Encryption): Promise<boolean> {
  return encryption.assertUsable().then(
    () => false,
    () => true,
  );
}

/** Other servers need not wait for what only this one cannot read. */
function leaveToOthers(attempt: SettledAttempt): SettledAttempt {
  return attempt.state === 'due' ? { ...attempt, delayMs: 0 } : attempt;
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
