import { createHash } from 'node:crypto';
import type { WholeCallback } from '../callback/kept-callback.ts';
import type { Vault } from './encryption/encryption.ts';
import { UnreadableError } from './encryption/unreadable-error.ts';
import type { AuditEntry, BodyRow, DifferingBodyRow, MaskedCopy } from './engine/maintenance-engine.ts';
import type { WholeCallbackRow } from './engine/rows.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { maskedCopy } from './masked-copy.ts';
import { label, readWhole } from './read-callback-row.ts';

/** Something that was looked at, and what is wrong with it, if anything is. Holds nothing of a person's. */
export interface Finding {
  readonly what: 'callback' | 'receipt' | 'database';
  readonly id?: string;
  readonly problem?: string;
}

/**
 * Looks after what is kept, in parts that fit in memory however much it is. What changes something yields how many it
 * has changed since it last did.
 */
export interface StoreUpkeep {
  /** Every callback, the oldest first. */
  callbacks(): AsyncGenerator<WholeCallback>;
  /** Reads everything, and holds it against what was noted when it came in. */
  verify(): AsyncGenerator<Finding>;
  /** Puts masked copies in the place of bodies that came in before a time, and drops those of differing repeats. */
  maskBodies(before: Date): AsyncGenerator<number>;
  /** Drops callbacks that came in before a time, with all that belongs to them. */
  dropCallbacks(before: Date): AsyncGenerator<number>;
  dropAudit(before: Date): AsyncGenerator<number>;
  /** Makes all that is kept of a merchant unreadable at once, and then drops it, but for that it was there. */
  erase(merchantId: string): AsyncGenerator<number>;
  /** Wraps every data key by the current master key; resolves to how many another had wrapped. */
  rewrap(): Promise<number>;
  /** What the audit calls a merchant. */
  nameOf(merchantId: string): string;
  audit(entry: AuditEntry): Promise<void>;
  /** The newest first. */
  auditTrail(limit: number): Promise<AuditEntry[]>;
  /** Leaves nothing of what was dropped in the files, as far as the engine can. */
  compact(): Promise<void>;
}

/** A body can be 256 KB, or what the operator allows. */
const partSize = 100;

export function createUpkeep(engine: StoreEngine, vault: Vault): StoreUpkeep {
  return {
    callbacks: async function* () {
      for await (const row of rowsOf((after) => engine.page(after, partSize))) yield readWhole(row, vault);
    },
    verify: async function* () {
      for (const problem of await engine.check()) yield { what: 'database', problem };
      for await (const row of rowsOf((after) => engine.page(after, partSize)))
        yield finding('callback', row.id, await problemOf(() => verifyCallback(row, vault)));
      for await (const row of rowsOf((after) => engine.differingBodies(after, partSize)))
        yield finding('receipt', row.id, await problemOf(() => verifyDifferingBody(row, vault)));
    },
    maskBodies: async function* (before) {
      for (;;) {
        const rows = await engine.bodiesBefore(before, partSize);
        if (rows.length === 0) break;
        await engine.mask(await Promise.all(rows.map((row) => toMasked(row, vault))));
        yield rows.length;
      }
      yield* untilNone(() => engine.dropDifferingBodies(before, partSize));
    },
    dropCallbacks: (before) => untilNone(() => engine.dropCallbacks(before, partSize)),
    dropAudit: (before) => untilNone(() => engine.dropAudit(before, partSize)),
    erase: async function* (merchantId) {
      const merchant = vault.tokenOf(merchantId);
      await vault.shred(merchant);
      yield* untilNone(() => engine.blank(merchant, partSize));
    },
    rewrap: () => vault.rewrap(),
    nameOf: (merchantId) => vault.tokenOf(merchantId),
    audit: (entry) => engine.audit(entry),
    auditTrail: (limit) => engine.auditTrail(limit),
    compact: () => engine.compact(),
  };
}

async function* rowsOf<Row extends { sequence: number }>(
  part: (after: number) => Promise<Row[]>,
): AsyncGenerator<Row> {
  let rows = await part(0);
  while (rows.length > 0) {
    yield* rows;
    rows = await part(rows.at(-1)?.sequence ?? 0);
  }
}

async function* untilNone(change: () => Promise<number>): AsyncGenerator<number> {
  for (let changed = await change(); changed > 0; changed = await change()) yield changed;
}

/** What cannot be opened any more is not worth a copy. */
async function toMasked({ sequence, id, dataKey, body }: BodyRow, vault: Vault): Promise<MaskedCopy> {
  try {
    const key = await vault.keyOf(dataKey);
    if (!key) return { sequence, masked: null };
    const copy = JSON.stringify(maskedCopy(key.open(body, label(id, 'body'))));
    return { sequence, masked: key.seal(Buffer.from(copy), label(id, 'masked')) };
  } catch (error) {
    if (error instanceof UnreadableError) return { sequence, masked: null };
    throw error;
  }
}

function finding(what: Finding['what'], id: string, problem: string | undefined): Finding {
  return { what, id, ...(problem !== undefined && { problem }) };
}

async function problemOf(verify: () => Promise<string | undefined>): Promise<string | undefined> {
  // Messages may quote what they failed on.
  return verify().catch(
    (error: unknown) => `cannot be read: ${error instanceof Error ? error.name : 'unknown'}`,
  );
}

async function verifyCallback(row: WholeCallbackRow, vault: Vault): Promise<string | undefined> {
  // Erased: there is nothing left to be wrong.
  if (!row.details && !row.body && !row.masked) return undefined;
  if (!(await vault.keyOf(row.dataKey))) return 'its key is missing';
  const { body, bodySha256, bodyBytes } = await readWhole(row, vault);
  if (!body) return undefined;
  if (body.byteLength !== bodyBytes) return `has ${body.byteLength} bytes in place of ${bodyBytes}`;
  return sha256(body) === bodySha256 ? undefined : 'its bytes are not those that came in';
}

async function verifyDifferingBody(row: DifferingBodyRow, vault: Vault): Promise<string | undefined> {
  const key = await vault.keyOf(row.dataKey);
  if (!key) return 'its key is missing';
  const hash = vault.digest(sha256(key.open(row.body, label(row.id, 'body'))));
  return Buffer.compare(hash, row.bodyHash) === 0 ? undefined : 'its bytes are not those that came in';
}

function sha256(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}
