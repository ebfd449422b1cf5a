import { firstIdOf } from './callback-id.ts';
import { readSavedFilter, readSession } from './inbox-rows.ts';
import * as inbox from './inbox-statements.ts';
import * as keys from './key-statements.ts';
import * as maintenance from './maintenance-statements.ts';
import { forgetMerchant } from './merchant-statements.ts';
import * as overview from './overview-statements.ts';
import * as read from './read-rows.ts';
import type { RedeliveryRows, SequenceRange } from './records.ts';
import * as sql from './shared-statements.ts';

export type Values = Readonly<Record<string, string | number | Date | Uint8Array | null>>;

/** What a repeat restores of a callback. */
interface RestoredBody {
  readonly id: string;
  readonly details: Uint8Array;
  readonly body: Uint8Array;
  readonly bodyHash: Uint8Array;
}

/** An operation that is one statement. */
interface Operation<Args extends unknown[], Result> {
  readonly access: 'read' | 'write';
  readonly text: string;
  readonly values: (...args: Args) => Values;
  /** Takes the rows that were read, or the number of rows that were changed. */
  readonly toResult: (rows: read.Row[], changes: number) => Result;
}

function readAll<Result, Args extends unknown[] = []>(
  text: string,
  readRow: (row: read.Row) => Result,
  values: (...args: Args) => Values = () => ({}),
): Operation<Args, Result[]> {
  return { access: 'read', text, values, toResult: (rows) => rows.map(readRow) };
}

function readFirst<Result, Args extends unknown[] = []>(
  text: string,
  readRow: (row: read.Row) => Result,
  values?: (...args: Args) => Values,
): Operation<Args, Result | undefined> {
  return { ...readAll(text, readRow, values), toResult: ([row]) => row && readRow(row) };
}

/** A write whose result is the number of rows that it changed. */
function change<Args extends unknown[]>(
  text: string,
  values: (...args: Args) => Values,
): Operation<Args, number> {
  return { access: 'write', text, values, toResult: (_, changes) => changes };
}

function write<Args extends unknown[]>(
  text: string,
  values: (...args: Args) => Values,
): Operation<Args, void> {
  return { access: 'write', text, values, toResult: () => {} };
}

const hourMs = 3_600_000;
const wrappedByOther = (current: string, after: string, limit: number) => ({ current, after, limit });

/** The operations that are the same statement on both engines. */
export const sharedOperations = {
  drift: readAll(sql.listDrift, read.readDrift),
  lastReceivedAt: readFirst(sql.lastReceivedAt, (row) => read.dateIn(row, 'received_at')),
  routeNames: readAll(sql.routeNames, (row) => read.textIn(row, 'route')),
  routeStats: readFirst(sql.routeStats, read.readRouteStats, (route: string) => ({ route })),
  redeliveries: readAll(maintenance.redeliveries, read.readRedelivery, (filter: RedeliveryRows) => ({
    ...filter,
  })),
  redeliveriesOfMerchant: readAll(
    maintenance.redeliveriesOfMerchant,
    read.readRedelivery,
    (filter: RedeliveryRows) => ({ ...filter }),
  ),
  /** The next id after a given id, after `count` ids were skipped; `undefined` if too few ids follow. */
  idBehind: readFirst(
    maintenance.idBehind,
    (row) => read.textIn(row, 'id'),
    (after: string, count: number) => ({ after, count }),
  ),
  storedBody: readFirst(sql.storedBody, read.readBody, (id: string) => ({ id })),
  restoreBody: write(sql.restoreBody, (body: RestoredBody) => ({ ...body })),
  quarantined: readFirst(sql.quarantined, read.readOpenable, (id: string) => ({ id })),
  /** Number of open deliveries to a route. Takes long if very many merchants wait. */
  countOpen: readFirst(
    sql.countOpen,
    (row) => read.numberIn(row, 'open'),
    (route: string) => ({ route }),
  ),
  countQuarantined: readFirst(overview.countQuarantined, (row) => read.numberIn(row, 'count')),
  /** Milliseconds from receipt to taken. */
  latencies: readAll(
    overview.latencies,
    (row) => Math.max(0, read.dateIn(row, 'ended_at').getTime() - read.dateIn(row, 'received_at').getTime()),
    (time: Date) => {
      const since = new Date(time.getTime() - (time.getTime() % hourMs));
      const until = new Date(since.getTime() + hourMs);
      return { since, until, firstId: firstIdOf(since), endId: firstIdOf(until) };
    },
  ),
  /** Sequence of the newest callback. */
  lastSequence: readFirst(sql.lastSequence, (row) => read.numberIn(row, 'sequence')),
  /** Sequence of the next callback after a given callback. */
  nextSequence: readFirst(
    sql.nextSequence,
    (row) => read.numberIn(row, 'sequence'),
    (after: number) => ({ after }),
  ),
  claimedCallback: readFirst(sql.claimedCallback, read.readClaimedCallback, (callback: number) => ({
    callback,
  })),
  firstReceipt: readFirst(sql.firstReceipt, read.readReceiptOfDamaged, (callback: number) => ({ callback })),
  receiptWithId: readFirst(sql.receiptWithId, read.readReceiptOfDamaged, (id: string) => ({ id })),
  /** Marks a callback as released, so that the confirmation passes it on. */
  release: write(sql.release, (callback: number, at: Date) => ({ callback, at })),
  forgetMerchant: write(forgetMerchant, (merchant: string) => ({ merchant })),
  probe: write(sql.probe, (now: Date) => ({ now })),

  // Keys. In SQLite all but the last three need the attached file of the keys.
  masterKeyChecks: readAll(keys.masterKeyChecks, read.readMasterKeyCheck),
  addMasterKeyCheck: write(keys.addMasterKeyCheck, (check: read.MasterKeyCheck) => ({ ...check })),
  /**
   * Drops the check values of all master keys except the current master key, so that the old keys wrap no new data
   * key.
   */
  retireMasterKeys: write(keys.retireMasterKeys, (current: string) => ({ current })),
  /** Ids of the master keys that wrap data keys. */
  masterKeysInUse: readAll(keys.masterKeysInUse, (row) => read.textIn(row, 'id')),
  dataKey: readFirst(keys.dataKey, read.readWrappedKey, (id: string) => ({ id })),
  dataKeyOf: readFirst(keys.dataKeyOf, read.readWrappedKey, (owner: string) => ({ owner })),
  dropDataKey: write(keys.dropDataKey, (owner: string) => ({ owner })),
  /** Data keys that another master key than the current master key wraps. Starts after an id, in the order of ids. */
  dataKeysToRewrap: readAll(keys.dataKeysToRewrap, read.readWrappedKey, wrappedByOther),
  /** Id of the store's own data key; `undefined` if nothing is encrypted. */
  encryptedUnder: readFirst(keys.encryptedUnder, (row) => read.textIn(row, 'own_key')),
  setEncryptedUnder: write(keys.setEncryptedUnder, (storeKey: string) => ({ storeKey })),
  /** Id of a stored callback or merchant; `undefined` if the database is empty. */
  anyStored: readFirst(keys.anyStored, (row) => read.textIn(row, 'id')),

  // Maintenance.
  /** Bodies received at `since` or later, but before `before`. Leaves out callbacks that have an open delivery. */
  bodiesBefore: readAll(
    maintenance.bodiesBefore,
    read.readBody,
    (since: Date, before: Date, limit: number) => ({
      since,
      before,
      limit,
    }),
  ),
  /** Sequence of the last of the next audit entries; `undefined` if there is no next entry. */
  lastAuditEntry: readFirst(maintenance.lastAuditEntry, read.readLast, (after: number, limit: number) => ({
    after,
    limit,
  })),
  /** Drops the audit entries of a range from before a time. */
  dropAudit: change(maintenance.dropAudit, (range: SequenceRange, before: Date) => ({ ...range, before })),
  /** Sequence of the last of a merchant's next callbacks; `undefined` if there is no next callback. */
  lastOfMerchant: readFirst(
    maintenance.lastOfMerchant,
    read.readLast,
    (merchant: string, after: number, limit: number) => ({ merchant, after, limit }),
  ),
  audit: write(maintenance.addAudit, (entry: read.AuditEntry) => ({
    ...entry,
    details: JSON.stringify(entry.details),
  })),
  lastPurgeAt: readFirst(maintenance.lastPurgeAt, (row) => read.dateIn(row, 'at')),
  oldestId: readFirst(maintenance.oldestId, (row) => read.textIn(row, 'id')),
  newestIdBefore: readFirst(
    maintenance.newestIdBefore,
    (row) => read.textIn(row, 'id'),
    (time: Date) => ({ before: firstIdOf(time) }),
  ),
  auditTrail: readAll(maintenance.auditTrail, read.readAuditEntry, (limit: number) => ({ limit })),

  // The inbox.
  findSession: readFirst(inbox.findSession, readSession, (idHash: Uint8Array) => ({ idHash })),
  addSession: write(
    inbox.addSession,
    (idHash: Uint8Array, session: { name: string; proof: Uint8Array; createdAt: Date }) => ({
      idHash,
      ...session,
    }),
  ),
  touchSession: write(inbox.touchSession, (idHash: Uint8Array, at: Date) => ({ idHash, at })),
  dropSession: write(inbox.dropSession, (idHash: Uint8Array) => ({ idHash })),
  dropOldestSessions: write(inbox.dropOldestSessions, (name: string, limit: number) => ({ name, limit })),
  /** Drops sessions that began before a time, or after another time. */
  dropSessions: write(inbox.dropSessions, (before: Date, after: Date) => ({ before, after })),
  savedFilters: readAll(inbox.listSavedFilters, readSavedFilter, (owner: string) => ({ owner })),
  saveFilter: change(
    inbox.saveFilter,
    (owner: string, filter: { name: string; query: Uint8Array }, limit: number) => ({
      owner,
      ...filter,
      limit,
    }),
  ),
  removeFilter: change(inbox.removeFilter, (owner: string, name: string) => ({ owner, name })),
};

/** The shared operations as methods of an engine. */
export type SharedEngine = {
  readonly [Name in keyof typeof sharedOperations]: (typeof sharedOperations)[Name] extends Operation<
    infer Args,
    infer Result
  >
    ? (...args: Args) => Promise<Result>
    : never;
};

/** @param run - Runs the statement of an operation. The methods return what it returns. */
export function createSharedMethods(
  run: (operation: Operation<never[], unknown>, values: Values) => unknown,
): Record<string, unknown> {
  const methods = Object.entries<Operation<never[], unknown>>(sharedOperations).map(([name, operation]) => [
    name,
    (...args: never[]) => run(operation, operation.values(...args)),
  ]);
  return Object.fromEntries(methods);
}
