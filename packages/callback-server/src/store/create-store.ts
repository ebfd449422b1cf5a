import { randomBytes } from 'node:crypto';
import type { CallbackEvent } from '../callback/callback-event.ts';
import type { Claim, Route } from '../callback/delivery.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { Verdict } from '../callback/validate-callback.ts';
import type { CallbackStore } from './callback-store.ts';
import { dedupHash } from './dedup-hash.ts';
import { driftRecords, readDrift } from './drift-record.ts';
import type { DataKey } from './encryption/data-key.ts';
import type { Encryption } from './encryption/encryption.ts';
import { callbackId } from './engine/callback-id.ts';
import type { CallbackRecord, ClaimRow } from './engine/rows.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { label, readKept, readWhole } from './read-callback-row.ts';

/** Keeps callbacks in an engine, with what may hold a person's data in a encryption. */
export function createStore(engine: StoreEngine, encryption: Encryption): CallbackStore {
  const readClaim = async ({ id, dataKey, body, ...row }: ClaimRow): Promise<Claim | undefined> => {
    const key = await encryption.keyById(dataKey);
    if (!key || !body) return undefined;
    const { event, verdict } = row;
    return {
      ...row,
      callbackId: id,
      event: event as CallbackEvent,
      verdict: verdict as Verdict,
      body: key.decrypt(body, label(id, 'body')),
    };
  };

  /** Of an erased merchant there is nothing left to hand on. */
  const readOrGiveUp = async (row: ClaimRow) => {
    const claim = await readClaim(row);
    if (!claim) await engine.settle(row.delivery, row.token, new Date(), bodyIsGone);
    return claim;
  };

  return {
    keep: async (callback, routes) => {
      const id = callbackId(callback.receivedAt);
      const merchant = callback.merchantId === undefined ? null : encryption.pseudonymOf(callback.merchantId);
      // A merchant can be erased while its callback comes in. The callback is new data then, under a new key.
      for (;;) {
        const key = await encryption.keyOfMerchant(merchant);
        const kept = await engine.keep(toRecord(id, callback, routes, merchant, key, encryption));
        if (kept) return kept;
        encryption.evictKeyOf(merchant);
      }
    },

    list: async ({ merchantId, event = null, verdict = null, before = null, limit = 100 }) => {
      const merchant = merchantId === undefined ? null : encryption.pseudonymOf(merchantId);
      const rows = await engine.list({ merchant, event, verdict, before, limit });
      return Promise.all(rows.map((row) => readKept(row, encryption)));
    },

    get: async (id) => {
      const row = await engine.get(id);
      return row && readWhole(row, encryption);
    },

    drift: async () => (await engine.drift()).map((row) => readDrift(row, encryption)),
    stats: () => engine.stats(),

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

    settle: ({ delivery, token }, now, settlement) => engine.settle(delivery, token, now, settlement),
    nextDueAt: () => engine.nextDueAt(),
    probe: (now) => engine.probe(now),
    close: () => engine.close(),
  };
}

const bodyIsGone = { state: 'dead', outcome: 'its body is gone' } as const;

function toRecord(
  id: string,
  callback: IncomingCallback,
  routes: readonly Route[],
  merchant: string | null,
  key: DataKey,
  encryption: Encryption,
): CallbackRecord {
  const { merchantId, status, violations, bodySha256, body, event, verdict, receivedAt, sender } = callback;
  const details = JSON.stringify({ merchantId, status, violations, bodySha256 });
  return {
    id,
    event,
    verdict,
    receivedAt,
    routes,
    merchant,
    orderKey: merchant ?? id,
    dedupHash: dedupHash(callback, encryption),
    bodyHash: encryption.digest(bodySha256),
    bodyBytes: body.byteLength,
    dataKey: key.id,
    details: key.encrypt(Buffer.from(details), label(id, 'details')),
    body: key.encrypt(body, label(id, 'body')),
    sender: key.encrypt(Buffer.from(JSON.stringify(sender)), label(id, 'sender')),
    drift: driftRecords(callback, encryption),
  };
}

function newToken(): string {
  return randomBytes(16).toString('hex');
}
