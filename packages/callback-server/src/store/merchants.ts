import { randomBytes } from 'node:crypto';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { CheckSchedule } from '../merchant/check-schedule.ts';
import type { ExpectedMerchant } from '../merchant/expected-merchant.ts';
import type { HistoryEntry, MerchantHistory } from '../merchant/merchant-history.ts';
import { type RouteOrders, targetsOf } from './delivery-targets.ts';
import type { DataKey } from './encryption/data-key.ts';
import type { Encryption } from './encryption/encryption.ts';
import { callbackId } from './engine/callback-id.ts';
import { inBatches } from './engine/in-batches.ts';
import type {
  ClaimedMerchantRow,
  HistoryRow,
  ListedMerchantRow,
  MerchantCounts,
  MerchantRecord,
  NamedRecord,
} from './engine/merchant-rows.ts';
import type { ListedMerchantState } from './engine/merchant-statements.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { isDamage } from './is-damage.ts';
import { providerTimeIn, recordOf } from './keep-callback.ts';
import { label } from './label.ts';

/** A merchant whose check is running. */
export interface ClaimedMerchant extends CheckSchedule {
  /** The merchant's pseudonym. */
  readonly merchant: string;
  readonly token: string;
  /** The merchant's id and realm; missing if this server cannot decrypt them. */
  readonly expected?: ExpectedMerchant;
}

/** A callback that did not arrive, made of a pull. */
interface RecoveredCallback {
  readonly callback: IncomingCallback;
  readonly pulled: Uint8Array;
  readonly routes: readonly string[];
  /** What the check has compared the pull with. */
  readonly history: MerchantHistory;
  readonly next: CheckSchedule;
}

/** A merchant that is named to the store. */
interface NamedMerchant extends ExpectedMerchant {
  /**
   * Sequence of the callback that names the merchant. A callback that is erased meanwhile names nobody.
   * @default the program or an operator names the merchant
   */
  readonly callback?: number;
}

/** A merchant that callbacks are expected of. */
export interface KnownMerchant {
  /** `merchantId` and `realmId` are missing if this server cannot decrypt them. */
  readonly merchantId?: string;
  readonly realmId?: string;
  readonly state: ListedMerchantState;
  /** When a callback of the merchant was last expected or delivered. */
  readonly expectedAt: Date;
  /** When the merchant's check is or was due. */
  readonly dueAt: Date;
  /** When the check is tried next. */
  readonly nextAt: Date;
  /** Why the last check failed; missing if the last check succeeded. */
  readonly reason?: string;
}

export interface MerchantFilter {
  readonly state?: ListedMerchantState;
  /** The id of a merchant: use the last id of a list to get the next page. */
  readonly after?: string;
  /** Maximum number of merchants. @default 100 */
  readonly limit?: number;
}

/** Maximum number of merchants in one commit. */
const batchSize = 100;

export type MerchantStore = ReturnType<typeof createMerchants>;

/** The merchants that callbacks are expected of. Their ids are encrypted like the bodies of callbacks. */
export function createMerchants(engine: StoreEngine, encryption: Encryption, orders: RouteOrders) {
  const { leaseSweep } = engine;
  // Each attempt at a decision reads a history. Many histories together cost little more than one history.
  const readHistory = inBatches(engine.merchantHistories, isDamage);
  return {
    /**
     * Expects callbacks of merchants. A merchant that is known already is checked no later than before.
     *
     * @param isTrusted - Whether the realms are known to be right. Untrusted realms replace only untrusted realms.
     * @param delayMs - Milliseconds until the check.
     */
    expect: async (merchants: readonly NamedMerchant[], isTrusted: boolean, delayMs: number) => {
      for (let start = 0; start < merchants.length; start += batchSize)
        await expectBatch(merchants.slice(start, start + batchSize), isTrusted, delayMs, engine, encryption);
    },
    /**
     * Claims the merchant whose check has been due for longest, for a limited time. Merchants that only callbacks have named
     * wait for the other merchants: anybody can post callbacks of many merchants.
     */
    claimMerchant: async (claimMs: number): Promise<ClaimedMerchant | undefined> => {
      const row = await engine.claimMerchant(randomBytes(16).toString('hex'), claimMs);
      return row && readClaimed(row, encryption);
    },
    /**
     * Ends a check.
     *
     * @param reason - Why the check failed, without any data of the merchant; `null` if the check succeeded.
     */
    settleCheck: (
      { merchant, token }: ClaimedMerchant,
      next: CheckSchedule,
      reason: string | null,
    ): Promise<void> => engine.settleCheck({ merchant, token, ...next, reason }),
    /**
     * Ends a check and stores the callback that the check has made. Resolves to the callback's id. Stores nothing, and
     * resolves to `undefined`, if another callback has arrived meanwhile, or if the merchant is being erased.
     */
    recover: (claimed: ClaimedMerchant, recovered: RecoveredCallback): Promise<string | undefined> =>
      recoverCallback(claimed, recovered, engine, encryption, orders),
    /**
     * The newest callbacks of a merchant, oldest first.
     *
     * @param route - The route that asks. @default none
     */
    historyOf: async (merchantId: string, route = ''): Promise<MerchantHistory> =>
      historyIn(await readHistory({ merchant: encryption.pseudonymOf(merchantId), route })),
    /** Corrects the times of merchants that only a wrong clock can have set. */
    correctMerchants: async (): Promise<void> => {
      while ((await engine.correctMerchants(batchSize)) >= batchSize);
    },
    merchantCounts: (): Promise<MerchantCounts> => engine.merchantCounts(),
    listMerchants: async ({ state, after, limit = 100 }: MerchantFilter): Promise<KnownMerchant[]> => {
      const from = after === undefined ? '' : encryption.pseudonymOf(after);
      const rows = await engine.listMerchants({ state: state ?? null, after: from, limit });
      return Promise.all(rows.map((row) => readKnown(row, encryption)));
    },
    /** Takes or renews the right to check merchants. Resolves to whether this process has it. */
    leaseSweep,
  };
}

async function recoverCallback(
  { merchant, token }: ClaimedMerchant,
  { callback, pulled, routes, history, next }: RecoveredCallback,
  engine: StoreEngine,
  encryption: Encryption,
  orders: RouteOrders,
): Promise<string | undefined> {
  const id = callbackId(callback.receivedAt);
  const key = await encryption.keyOfMerchant(merchant);
  // The same document may be recovered again, after a reversal.
  const record = recordOf(id, { ...callback, dedupKey: `recovered ${id}` }, merchant, key, encryption);
  const isStored = await engine.recover(
    { ...record, targets: targetsOf(routes, id, merchant, orders), passage: 'direct', drift: [] },
    key.encrypt(pulled, label(id, 'pulled')),
    { merchant, token, ...next, reason: null },
    history.at(-1)?.sequence ?? 0,
    routes.filter((route) => orders.get(route) === 'latest'),
  );
  return isStored ? id : undefined;
}

async function readClaimed(row: ClaimedMerchantRow, encryption: Encryption): Promise<ClaimedMerchant> {
  const { dataKey, details, ...claimed } = row;
  const expected = await readExpected(row, encryption);
  return { ...claimed, ...(expected && { expected }) };
}

async function readKnown(row: ListedMerchantRow, encryption: Encryption): Promise<KnownMerchant> {
  const { standing: state, expectedAt, dueAt, nextAt, reason } = row;
  const known = { state, expectedAt, dueAt, nextAt, ...(reason !== null && { reason }) };
  return { ...(await readExpected(row, encryption)), ...known };
}

async function expectBatch(
  merchants: readonly NamedMerchant[],
  isTrusted: boolean,
  delayMs: number,
  engine: StoreEngine,
  encryption: Encryption,
): Promise<void> {
  // A list may name a merchant twice. The last entry counts, and among callbacks the newest callback.
  const inOrder = merchants.toSorted((one, other) => (one.callback ?? 0) - (other.callback ?? 0));
  const byName = new Map(inOrder.map((each) => [encryption.pseudonymOf(each.merchantId), each]));
  while (byName.size > 0) {
    const records = await Promise.all(
      [...byName].map(async ([merchant, { callback = null, ...expected }]): Promise<NamedRecord> => {
        const key = await encryption.keyOfMerchant(merchant);
        const details = key.encrypt(Buffer.from(JSON.stringify(expected)), label(merchant, 'merchant'));
        return { merchant, dataKey: key.id, details, callback };
      }),
    );
    for (const merchant of await engine.expect(records, isTrusted, delayMs)) byName.delete(merchant);
    // A merchant that was erased meanwhile is expected again, with a new key.
    for (const merchant of byName.keys()) encryption.evictKeyOf(merchant);
  }
}

/** `undefined` if this server cannot decrypt the merchant. */
async function readExpected(
  { merchant, dataKey, details }: MerchantRecord,
  encryption: Encryption,
): Promise<ExpectedMerchant | undefined> {
  try {
    const key: DataKey | undefined = await encryption.keyById(dataKey);
    const text = key && Buffer.from(key.decrypt(details, label(merchant, 'merchant'))).toString();
    return text === undefined ? undefined : (JSON.parse(text) as ExpectedMerchant);
  } catch {
    return undefined;
  }
}

function historyIn(rows: readonly HistoryRow[]): MerchantHistory {
  return rows.map(readEntry).sort((one, other) => one.sequence - other.sequence);
}

function readEntry(row: HistoryRow): HistoryEntry {
  const { sequence, event, confirmation, stage, delivery, wasOvertaken, receivedAt, dedupHash } = row;
  const isRecovered = confirmation === 'recovered';
  const isTrue = isRecovered || confirmation === 'confirmed' || confirmation === 'released';
  const standing = stage === 'open' ? 'waiting' : isTrue ? 'confirmed' : 'believed';
  const arrivedAt = receivedAt.getTime();
  const saidAt = isRecovered ? arrivedAt : providerTimeIn(dedupHash);
  return {
    sequence,
    event,
    standing,
    isRecovered,
    isDelivered: delivery === 'open' || delivery === 'taken',
    isReopened: delivery === 'open' && wasOvertaken,
    arrivedAt,
    ...(saidAt !== undefined && { at: Math.min(saidAt, arrivedAt) }),
  };
}
