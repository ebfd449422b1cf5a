import { confirmRoute } from '../callback/confirmation.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import { type RouteOrders, targetsOf } from './delivery-targets.ts';
import { driftRecords } from './drift-record.ts';
import { type DataKey, UnreadableError } from './encryption/data-key.ts';
import type { Encryption } from './encryption/encryption.ts';
import { callbackId } from './engine/callback-id.ts';
import type { CallbackRecord } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { label } from './label.ts';
import { receivedBody } from './received-body.ts';

/** Where and how a callback is delivered. */
interface CallbackWay extends Pick<CallbackRecord, 'passage'> {
  /** Names of the callback's routes. */
  readonly routes: readonly string[];
  readonly orders: RouteOrders;
}

/** Encrypts a callback and stores it. */
export async function keepCallback(
  callback: IncomingCallback,
  { routes, passage, orders }: CallbackWay,
  engine: StoreEngine,
  encryption: Encryption,
): Promise<{ id: string; isNew: boolean }> {
  const id = callbackId(callback.receivedAt);
  const merchant = callback.merchantId === undefined ? null : encryption.pseudonymOf(callback.merchantId);
  // The merchant may be erased while its callback arrives. The callback is then new data, under a new key.
  for (;;) {
    const key = await encryption.keyOfMerchant(merchant);
    const record = recordOf(id, callback, merchant, key, encryption);
    const kept = await engine.keep({
      ...record,
      passage,
      targets: targetsOf(routes, id, record.orderKey, orders),
      drift: driftRecords(callback, encryption),
    });
    if (kept && !kept.isNew) {
      await restoreBody(kept.id, callback, engine, encryption);
      if (passage === 'confirm') await reopenConfirmation(kept.id, engine);
    }
    if (kept) return kept;
    encryption.evictKeyOf(merchant);
  }
}

/** What an engine stores of a callback, except its targets, its passage and its drift. */
export function recordOf(
  id: string,
  callback: IncomingCallback,
  merchant: string | null,
  key: DataKey,
  encryption: Encryption,
): Omit<CallbackRecord, 'targets' | 'passage' | 'drift'> {
  return {
    ...encryptCallback(id, callback, key),
    merchant,
    caseReference: callback.signzyAppId === undefined ? null : caseHash(callback.signzyAppId, encryption),
    orderKey: merchant ?? id,
    dedupHash: dedupHash(callback, encryption),
    bodyHash: encryption.digest(callback.bodySha256),
  };
}

/** A hash that finds the callbacks of a case, and hides the case reference. Half of the hash keeps the index small. */
export function caseHash(signzyAppId: string, encryption: Encryption): Uint8Array {
  return encryption.digest(`signzyAppId ${signzyAppId}`).subarray(0, 16);
}

/**
 * Replaces a stored body that cannot be read any more by the body of a repeat, which has the same bytes.
 *
 * @throws Error if the stored body is damaged so that it cannot be replaced: the repeat is then not acknowledged.
 */
async function restoreBody(
  id: string,
  callback: IncomingCallback,
  engine: StoreEngine,
  encryption: Encryption,
): Promise<void> {
  const stored = await engine.storedBody(id);
  // If the key is missing, the merchant was erased.
  const key = stored && (await encryption.keyById(stored.dataKey));
  if (!stored || !key) return;
  try {
    receivedBody(stored, key, encryption);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    const { details, body } = encryptCallback(id, callback, key);
    await engine.restoreBody({ id, details, body, bodyHash: encryption.digest(callback.bodySha256) });
  }
}

/** The provider may repeat a callback of the quarantine with the same bytes, because the decision has become true. */
async function reopenConfirmation(id: string, engine: StoreEngine): Promise<void> {
  const quarantined = await engine.quarantined(id);
  if (quarantined) await engine.open(confirmRoute, [quarantined]);
}

function encryptCallback(id: string, callback: IncomingCallback, key: DataKey) {
  const { body, event, verdict, receivedAt, sender } = callback;
  const { merchantId, signzyAppId, status, violations, bodySha256 } = callback;
  const details = JSON.stringify({ merchantId, signzyAppId, status, violations, bodySha256 });
  return {
    id,
    event,
    verdict,
    receivedAt,
    bodyBytes: body.byteLength,
    dataKey: key.id,
    details: key.encrypt(Buffer.from(details), label(id, 'details')),
    body: key.encrypt(body, label(id, 'body')),
    sender: key.encrypt(Buffer.from(JSON.stringify(sender)), label(id, 'sender')),
  };
}

const timeBytes = 6;
const maxTime = 2 ** (8 * timeBytes) - 1;

/** The provider's time that a hash begins with, in milliseconds since 1970; `undefined` if the callback had no time. */
export function providerTimeIn(dedupHash: Uint8Array): number | undefined {
  return Buffer.from(dedupHash).readUIntBE(0, timeBytes) || undefined;
}

/**
 * Identifies a callback. Begins with the provider's time, so that callbacks that arrive together are neighbours in the
 * index, and a commit writes few pages of the index.
 */
function dedupHash({ dedupKey, providerTime = 0 }: IncomingCallback, encryption: Encryption): Uint8Array {
  const time = Buffer.alloc(timeBytes);
  const fits = Number.isInteger(providerTime) && providerTime >= 0 && providerTime <= maxTime;
  time.writeUIntBE(fits ? providerTime : 0, 0, timeBytes);
  return Buffer.concat([time, encryption.digest(dedupKey)]);
}
