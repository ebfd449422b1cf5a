import type { CallbackEvent } from '../../callback/callback-event.ts';
import type { ConfirmationState } from '../../callback/confirmation.ts';
import type { CheckSchedule, MerchantState } from '../../merchant/check-schedule.ts';
import type { ListedMerchantState } from './merchant-statements.ts';
import { bytes, date, nullable, number, type Row, rowReader, text, word } from './row-reader.ts';

/** A merchant that callbacks are expected of. */
export interface MerchantRecord {
  /** The merchant's pseudonym. */
  readonly merchant: string;
  /** Id of the data key that encrypts the details; `null` without encryption. */
  readonly dataKey: string | null;
  /** The merchant's id and realm. */
  readonly details: Uint8Array;
}

/** A merchant that is named to the store. */
export interface NamedRecord extends MerchantRecord {
  /** Sequence of the callback that names the merchant; `null` if the program or an operator names the merchant. */
  readonly callback: number | null;
}

/** The end of a check. */
export interface SettledCheck extends CheckSchedule {
  readonly merchant: string;
  readonly token: string;
  /** Why the check failed; `null` if the check succeeded. */
  readonly reason: string | null;
}

const merchantCells = { merchant: text, dataKey: nullable(text), details: bytes };

export const readClaimedMerchant = rowReader({
  ...merchantCells,
  state: word<MerchantState>(),
  quietMs: number,
  delayMs: number,
  token: text,
});
export type ClaimedMerchantRow = ReturnType<typeof readClaimedMerchant>;

export const readListedMerchant = rowReader({
  ...merchantCells,
  standing: word<ListedMerchantState>(),
  expectedAt: date,
  dueAt: date,
  nextAt: date,
  reason: nullable(text),
});
export type ListedMerchantRow = ReturnType<typeof readListedMerchant>;

/** A merchant whose history is read. */
export interface AskedHistory {
  readonly merchant: string;
  /** The route that asks, or an empty text. */
  readonly route: string;
}

type DeliveryRowState = 'open' | 'taken' | 'dead' | 'overtaken';

export const readHistoryRow = rowReader({
  sequence: number,
  event: word<CallbackEvent>(),
  receivedAt: date,
  dedupHash: bytes,
  confirmation: nullable(word<ConfirmationState>()),
  /** The state of the delivery to the confirmation. */
  stage: nullable(word<DeliveryRowState>()),
  /** The state of the delivery to the route that asks. */
  delivery: nullable(word<DeliveryRowState>()),
  /** Whether that delivery was overtaken before. */
  wasOvertaken: Boolean,
});
export type HistoryRow = ReturnType<typeof readHistoryRow>;

const readCounts = rowReader({
  known: number,
  overdue: number,
  unverifiable: number,
  oldestOverdueMs: nullable(number),
});

/** How many merchants are known, and how they stand. */
export interface MerchantCounts extends ReturnType<typeof readCounts> {
  /** Merchants without a due check. */
  readonly inStep: number;
}

export function readMerchantCounts(row: Row): MerchantCounts {
  const counts = readCounts(row);
  const { known, overdue, unverifiable } = counts;
  return { ...counts, inStep: known - overdue - unverifiable };
}
