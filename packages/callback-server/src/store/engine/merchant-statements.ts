import { confirmRoute } from '../../callback/confirmation.ts';
import { confirmationColumns } from './shared-statements.ts';

/** How the merchants of a list stand. */
export type ListedMerchantState = 'in-step' | 'overdue' | 'unverifiable';

/** The parts of the SQL that differ between the engines. */
interface Dialect {
  /** The expression for the time by the engine's clock. */
  readonly now: string;
  /** The expression for the time that is some milliseconds after now. */
  readonly after: (milliseconds: string) => string;
  /** The expression for the milliseconds since a time. */
  readonly msSince: (time: string) => string;
  /** The condition that a merchant is among those that a query selects. */
  readonly isAmong: (query: string) => string;
}

const stageOf = `(SELECT state FROM deliveries WHERE callback_sequence = sequence AND route = '${confirmRoute}')`;

/**
 * A callback of the quarantine counts only while it waits for another confirmation, and a callback that was overtaken
 * before its confirmation does not count.
 */
const isUsable = `coalesce(${stageOf}, '') <> 'overtaken' AND (verdict IN ('valid', 'drift')) IS TRUE AND (
    NOT EXISTS (SELECT 1 FROM confirmations WHERE callback_sequence = sequence AND state = 'quarantined')
    OR EXISTS (
      SELECT 1 FROM deliveries
      WHERE callback_sequence = sequence AND route = '${confirmRoute}' AND state = 'open'))`;

const maxEntries = 100;

/** The newest usable callbacks of a merchant that meet a condition, for a route. */
const newest = (merchant: string, route: string, condition = '') => `
    SELECT sequence, event, received_at, dedup_hash, ${confirmationColumns}, ${stageOf} AS stage,
      (SELECT state FROM deliveries WHERE callback_sequence = sequence AND route = ${route}) AS delivery,
      EXISTS (
        SELECT 1 FROM attempts
        WHERE callback_sequence = sequence AND route = ${route} AND outcome LIKE 'overtaken%') AS was_overtaken
    FROM callbacks
    WHERE merchant = ${merchant} AND ${isUsable} ${condition}
    ORDER BY sequence DESC
    LIMIT ${maxEntries}`;

/** Only a merchant with more than `maxEntries` callbacks can have older decisions. For other merchants, reads nothing. */
const isOlderDecision = `event IN ('accept', 'reject') AND coalesce(${stageOf}, 'taken') <> 'open'
      AND sequence < (SELECT min(sequence) FROM newest HAVING count(*) = ${maxEntries})`;

/**
 * The newest usable callbacks of a merchant, and its newest older decisions: no flood of other callbacks hides a decision.
 *
 * @param merchant - The expression for the merchant.
 * @param route - The expression for the route that asks.
 */
export const historyOf = (merchant: string, route: string) => `
  WITH newest AS MATERIALIZED (${newest(merchant, route)})
  SELECT * FROM newest
  UNION ALL
  SELECT * FROM (${newest(merchant, route, `AND ${isOlderDecision}`)}) AS decisions`;

export const newestUsable = `
  SELECT sequence FROM callbacks WHERE merchant = $merchant AND ${isUsable} ORDER BY sequence DESC LIMIT 1`;

export const isKnown = `SELECT 1 FROM merchants WHERE merchant = $merchant`;

/** An erased callback names no merchant. */
export const isNamedBy = (callback: string) =>
  `SELECT 1 FROM callbacks WHERE sequence = ${callback} AND details IS NOT NULL`;

export const forgetMerchant = `DELETE FROM merchants WHERE merchant = $merchant`;

const isSilent = `expected_at < $before AND NOT EXISTS (
      SELECT 1 FROM callbacks WHERE callbacks.merchant = merchants.merchant AND id >= $firstKept)`;

/** Runs before a purge drops a merchant's last callback. Otherwise the merchant would seem to have missed all callbacks. */
export const dropMerchants = `
  DELETE FROM merchants WHERE merchant IN (
    SELECT merchant FROM merchants
    WHERE ${isSilent}
    LIMIT $limit)`;

export const dropMerchant = `DELETE FROM merchants WHERE merchant = $merchant AND ${isSilent}`;

export const merchantColumns =
  'merchant, data_key, details, trusted, state, expected_at, quiet_ms, delay_ms, set_at, due_at, next_at';

/** @param delayMs - The expression for the milliseconds until the first check. */
export const newMerchantTimes = ({ now, after }: Dialect, delayMs: string) =>
  `$isTrusted, 'in-step', ${now}, 0, ${delayMs}, ${now}, ${after(delayMs)}, ${after(delayMs)}`;

/**
 * What an expectation changes of a merchant that is known already. An expectation makes no check later, so that a forger
 * cannot postpone a check for ever. Only a trusted source changes a realm that is known to be right.
 */
export const expectAgain = `
  ON CONFLICT (merchant) DO UPDATE
  SET data_key = CASE WHEN $isTrusted >= known.trusted THEN excluded.data_key ELSE known.data_key END,
    details = CASE WHEN $isTrusted >= known.trusted THEN excluded.details ELSE known.details END,
    trusted = CASE WHEN $isTrusted >= known.trusted THEN excluded.trusted ELSE known.trusted END,
    expected_at = excluded.expected_at,
    quiet_ms = CASE WHEN known.state = 'in-step' THEN 0 ELSE known.quiet_ms END,
    delay_ms = CASE WHEN known.state = 'in-step' THEN excluded.delay_ms ELSE known.delay_ms END,
    due_at = CASE WHEN known.due_at < excluded.due_at THEN known.due_at ELSE excluded.due_at END,
    next_at = CASE WHEN known.next_at < excluded.next_at THEN known.next_at ELSE excluded.next_at END,
    claim = NULL`;

const isOverdue = (now: string) => `state <> 'unverifiable' AND due_at <= ${now}`;

/** The statements that read or write times. */
export function merchantStatements({ now, after, msSince, isAmong }: Dialect, lock = '') {
  const states: Readonly<Record<ListedMerchantState, string>> = {
    'in-step': `state <> 'unverifiable' AND due_at > ${now}`,
    overdue: isOverdue(now),
    unverifiable: `state = 'unverifiable'`,
  };
  const setTimes = `state = $state, quiet_ms = $quietMs, delay_ms = $delayMs, set_at = ${now}, next_at = ${after('$delayMs')},
    due_at = CASE WHEN $state = 'in-step' THEN ${after('$delayMs')} ELSE due_at END, reason = $reason, claim = NULL,
    trusted = CASE WHEN $state = 'in-step' AND claim = $token THEN 1 ELSE trusted END`;
  return {
    /** Takes the trusted or untrusted merchant that has been due for longest. A check that does not end is repeated. */
    claim: `
  UPDATE merchants SET claim = $token, set_at = ${now}, next_at = ${after('$claimMs')}
  WHERE ${isAmong(`SELECT merchant FROM merchants WHERE trusted = $trusted AND next_at <= ${now} ORDER BY next_at LIMIT 1 ${lock}`)}
  RETURNING merchant, data_key, details, state, quiet_ms, delay_ms, claim AS token`,
    /** Changes nothing if something was expected of the merchant meanwhile. */
    settle: `UPDATE merchants SET ${setTimes} WHERE merchant = $merchant AND claim = $token`,
    settleRecovered: `UPDATE merchants SET ${setTimes} WHERE merchant = $merchant`,
    /** The delivery that a line waits for may be overtaken, even while an attempt at it is running. */
    makeLineDue: `
  UPDATE lines SET next_at = ${now} WHERE route = $route AND order_key = $orderKey`,
    /** Moves times that a clock ahead has set: each wait keeps its length, and begins now. */
    correct: `
  UPDATE merchants
  SET due_at = due_at - set_at + ${now}, next_at = next_at - set_at + ${now}, set_at = ${now},
    expected_at = CASE WHEN expected_at > ${now} THEN ${now} ELSE expected_at END
  WHERE ${isAmong(`SELECT merchant FROM merchants WHERE set_at > ${now} ORDER BY set_at DESC LIMIT $limit`)}`,
    counts: `
  SELECT (SELECT count(*) FROM merchants) AS known,
    (SELECT count(*) FROM merchants WHERE ${states.overdue}) AS overdue,
    (SELECT count(*) FROM merchants WHERE ${states.unverifiable}) AS unverifiable,
    (SELECT ${msSince('min(due_at)')} FROM merchants WHERE ${states.overdue}) AS oldest_overdue_ms`,
    list: (state: ListedMerchantState | null) => `
  SELECT merchant, data_key, details, expected_at, due_at, next_at, reason,
    CASE WHEN ${states.unverifiable} THEN 'unverifiable' WHEN ${states.overdue} THEN 'overdue' ELSE 'in-step' END AS standing
  FROM merchants
  WHERE merchant > $after ${state === null ? '' : `AND ${states[state]}`}
  ORDER BY merchant
  LIMIT $limit`,
  };
}
