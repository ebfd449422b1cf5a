import { randomBytes } from 'node:crypto';
import type { Claim, Settlement } from '../callback/delivery.ts';
import type { CallbackStore } from './callback-store.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { ClaimRow } from './engine/read-rows.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { label } from './read-callback-row.ts';

/** Claims deliveries, decrypts their callbacks, and settles them. */
export function createClaims(
  engine: StoreEngine,
  encryption: Encryption,
): Pick<CallbackStore, 'claim' | 'reclaimExpired' | 'settle'> {
  const settle = (
    { delivery, token }: Pick<Claim, 'delivery' | 'token'>,
    now: Date,
    settlement: Settlement,
  ) => engine.settle({ delivery, token, now, nextAt: now, outcome: 'taken', ...settlement });
  const readOrGiveUp = async (row: ClaimRow) => {
    const claim = await readClaim(row, encryption);
    if (!claim) await settle(row, new Date(), bodyIsGone);
    return claim;
  };
  return {
    claim: async (now) => {
      for (;;) {
        const row = await engine.claim(now, newToken());
        const claim = row && (await readOrGiveUp(row));
        if (claim || !row) return claim;
      }
    },
    reclaimExpired: async () => {
      const rows = await engine.reclaimExpired(newToken());
      const claims = await Promise.all(rows.map(readOrGiveUp));
      return claims.filter((claim) => claim !== undefined);
    },
    settle,
  };
}

/** An erased merchant's callback has nothing left to deliver. */
const bodyIsGone = { state: 'dead', outcome: 'its body is gone' } as const;

async function readClaim(row: ClaimRow, encryption: Encryption): Promise<Claim | undefined> {
  const { id, dataKey, body, ...claim } = row;
  const key = await encryption.keyById(dataKey);
  if (!key || !body) return undefined;
  return { ...claim, callbackId: id, body: key.decrypt(body, label(id, 'body')) };
}

function newToken(): string {
  return randomBytes(16).toString('hex');
}
