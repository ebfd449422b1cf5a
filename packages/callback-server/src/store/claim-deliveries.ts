import { randomBytes } from 'node:crypto';
import type { CallbackEvent } from '../callback/callback-event.ts';
import type { Claim } from '../callback/delivery.ts';
import type { Verdict } from '../callback/validate-callback.ts';
import type { CallbackStore } from './callback-store.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { ClaimRow } from './engine/read-rows.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { label } from './read-callback-row.ts';

/** Claims deliveries and decrypts their callbacks. */
export function createClaims(
  engine: StoreEngine,
  encryption: Encryption,
): Pick<CallbackStore, 'claim' | 'reclaimExpired'> {
  const readOrGiveUp = async (row: ClaimRow) => {
    const claim = await readClaim(row, encryption);
    if (!claim) {
      const { delivery, token } = row;
      await engine.settle({ delivery, token, now: new Date(), settlement: bodyIsGone });
    }
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
  };
}

/** An erased merchant's callback has nothing left to deliver. */
const bodyIsGone = { state: 'dead', outcome: 'its body is gone' } as const;

async function readClaim(row: ClaimRow, encryption: Encryption): Promise<Claim | undefined> {
  const { id, dataKey, body, ...claim } = row;
  const key = await encryption.keyById(dataKey);
  if (!key || !body) return undefined;
  return {
    ...claim,
    callbackId: id,
    event: claim.event as CallbackEvent,
    verdict: claim.verdict as Verdict,
    body: key.decrypt(body, label(id, 'body')),
  };
}

function newToken(): string {
  return randomBytes(16).toString('hex');
}
