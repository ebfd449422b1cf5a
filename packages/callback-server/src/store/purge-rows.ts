import { changeAllPastDamage, type OnDamaged, untilNone } from './change-past-damage.ts';
import { UnreadableError } from './encryption/data-key.ts';
import type { Encryption } from './encryption/encryption.ts';
import { firstIdOf } from './engine/callback-id.ts';
import type { BodyRow } from './engine/read-rows.ts';
import type { MaskedCopy } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { idWindows } from './id-windows.ts';
import { isDamage } from './is-damage.ts';
import { label } from './label.ts';
import { maskedCopy } from './read-callback-row.ts';
import { receivedBody } from './received-body.ts';

/** Rows per batch. A body can be as long as `maxBodyBytes`. */
const batchSize = 100;

/** Audit entries that one statement examines. */
const entriesPerRange = 1000;

/** Drops callbacks received before a time, with their receipts, deliveries and attempts. Yields the size of each batch. */
export async function* dropCallbacks(
  engine: StoreEngine,
  before: Date,
  onDamaged: OnDamaged,
): AsyncGenerator<number> {
  await dropMerchants(engine, before);
  const until = firstIdOf(before);
  try {
    if (engine.partitions) yield* engine.partitions.drop(until);
    const left = (await engine.partitions?.left(until)) ?? { leftFrom: 0, leftUpTo: 0 };
    for await (const window of idWindows(engine, { after: '', until }))
      yield* untilNone(() => engine.dropCallbacks(window, left, batchSize));
  } catch (error) {
    if (!isDamage(error)) throw error;
    yield* changeAllPastDamage(engine, {
      change: (range) => engine.dropCallbacksIn(range, until, batchSize),
      concerns: ({ id }) => id < until,
      onDamaged,
    });
  }
}

/** A merchant with a damaged callback stays, because the time of its last callback is unknown. */
async function dropMerchants(engine: StoreEngine, before: Date): Promise<void> {
  try {
    for await (const _ of untilNone(() => engine.dropMerchants(before, batchSize)));
  } catch (error) {
    if (!isDamage(error)) throw error;
    await dropMerchantsPastDamage(engine, before);
  }
}

async function dropMerchantsPastDamage(engine: StoreEngine, before: Date): Promise<void> {
  let after = '';
  for (;;) {
    const merchants = await engine.listMerchants({ state: null, after, limit: batchSize });
    for (const { merchant, expectedAt } of merchants)
      if (expectedAt < before)
        await engine.dropMerchant(merchant, before).catch((error: unknown) => {
          if (!isDamage(error)) throw error;
        });
    if (merchants.length < batchSize) return;
    after = merchants.at(-1)?.merchant ?? after;
  }
}

/** Replaces bodies received before a time by masked copies. Yields the number of bodies in each batch. */
export async function* maskBodies(
  engine: StoreEngine,
  encryption: Encryption,
  before: Date,
  onDamaged: OnDamaged,
): AsyncGenerator<number> {
  const mask = async (rows: readonly BodyRow[]) => {
    if (rows.length > 0) await engine.mask(await Promise.all(rows.map((row) => toMasked(row, encryption))));
    return rows.length;
  };
  let since = new Date(0);
  const maskNext = async () => {
    // Starts at the last time, so that callbacks with an open delivery are skipped only once.
    const rows = await engine.bodiesBefore(since, before, batchSize);
    const masked = await mask(rows);
    since = rows.at(-1)?.receivedAt ?? since;
    return masked;
  };
  try {
    yield* untilNone(maskNext);
  } catch (error) {
    if (!isDamage(error)) throw error;
    yield* changeAllPastDamage(engine, {
      change: async (range) => mask(await engine.bodiesIn(range, before, batchSize)),
      concerns: ({ receivedAt }) => receivedAt < before,
      onDamaged,
    });
  }
}

/** A body that cannot be read any more gets no masked copy. */
async function toMasked(
  { sequence, id, dataKey, bodyHash, body }: BodyRow,
  encryption: Encryption,
): Promise<MaskedCopy> {
  try {
    const key = await encryption.keyById(dataKey);
    if (!key) return { sequence, masked: null };
    const copy = JSON.stringify(maskedCopy(receivedBody({ id, bodyHash, body }, key, encryption)));
    return { sequence, masked: key.encrypt(Buffer.from(copy), label(id, 'masked')) };
  } catch (error) {
    if (error instanceof UnreadableError) return { sequence, masked: null };
    throw error;
  }
}

/** Drops audit entries from before a time. Yields the number of entries in each batch. */
export async function* dropAudit(engine: StoreEngine, before: Date): AsyncGenerator<number> {
  let after = 0;
  for (;;) {
    const upTo = await engine.lastAuditEntry(after, entriesPerRange);
    if (upTo === undefined) return;
    const dropped = await engine.dropAudit({ after, upTo }, before);
    if (dropped > 0) yield dropped;
    after = upTo;
  }
}
