import {
  dateIn,
  numberIn,
  type Row,
  readClaim,
  readClaimedLine,
  readDueTimes,
  textIn,
} from '../engine/read-rows.ts';
import type { ClaimLimits, ConfirmedAttempt, SettledAttempt, Statement } from '../engine/records.ts';
import { StatementError } from '../engine/statement-error.ts';
import type { DeliveryEngine } from '../engine/store-engine.ts';
import * as sql from './delivery-statements.ts';
import {
  addMissingDelivery,
  extendConfirmedLine,
  extendRestartedLine,
  keepConfirmation,
} from './keep-statements.ts';
import { shortenLines } from './sqlite-maintenance.ts';
import type { SqliteSession, Synchronous, Values } from './sqlite-session.ts';
import { undamaged } from './undamaged.ts';

/**
 * @param holder - Identifies this run of the server, so that claims of an earlier run are recognised.
 * @param now - Advances by elapsed time, so that a jump of the wall clock makes nothing wait.
 */
export function createDeliveryOperations(
  session: SqliteSession,
  holder: string,
  now: () => number,
): Synchronous<DeliveryEngine> {
  const { one, all } = session;
  const claim = createClaim(session, holder, now);
  const makeDue = (route: string, lines: Row[]) => {
    for (const line of lines)
      session.run(sql.makeDue, { route, orderKey: textIn(line, 'order_key'), now: now() });
    return lines.length;
  };
  return {
    claim: (route, limits, token) => claim(route, limits, token, sql.headOfLine).map(readClaim),
    claimUnread: (route, limits, token) =>
      claim(route, limits, token, sql.unreadHeadOfLine).map(readClaimedLine),
    // Only one process can hold the lock of the file, so the holder of any other claim is gone.
    reclaimExpired: (route, token) => {
      const rows = all(sql.reclaimLines, { route, token, holder });
      return rows.map((row) => readClaimedLine({ ...row, route, token }));
    },
    settle: (route, attempts) => attempts.map((attempt) => settle(session, route, attempt, now())),
    settleWith: (route, attempt, statements) => {
      const isHeld = settle(session, route, attempt, now());
      if (isHeld) runStatements(session, statements);
      return isHeld;
    },
    settleConfirmed: (route, attempts, prompt) =>
      attempts.map((attempt) => settleConfirmed(session, route, attempt, prompt, now())),
    nextDueIn: (route, withinMs) => readDueTimes(one(sql.nextDueIn, { route, now: now(), withinMs }) ?? {}),
    open: (route, callbacks) =>
      callbacks.filter(({ sequence: callback, orderKey }) => {
        const isOpened = session.run(sql.openDelivery, { callback, route, orderKey }) > 0;
        if (isOpened) session.run(extendRestartedLine, { callback, route, orderKey, now: now() });
        return isOpened;
      }).length,
    giveUp: (route, chosen) => {
      const givenUp =
        typeof chosen === 'number'
          ? all(sql.giveUpRoute, { route, limit: chosen })
          : chosen.flatMap((sequence) => all(sql.giveUpDelivery, { route, sequence }));
      shortenLines(session, givenUp, now());
      return givenUp.length;
    },
    releaseDeferred: (route, limit, since = new Date(0)) => {
      const lines = all(sql.deferredLines, { route, now: now(), since, limit });
      const latest = lines[limit - 1];
      makeDue(route, lines);
      return latest && dateIn(latest, 'next_at');
    },
    correctDueTimes: (route, limit) =>
      Object.values(sql.lateLines).reduce(
        (count, text) => count + makeDue(route, all(text, { route, now: now(), limit })),
        0,
      ),
  };
}

/** Creates a function that claims the due lines of a route, each with the head of its line. */
function createClaim({ one, all, run }: SqliteSession, holder: string, now: () => number) {
  const claimLine = (route: string, token: string, line: Row, headOfLine: string): Row | undefined => {
    const [orderKey, at] = [textIn(line, 'order_key'), now()];
    const head = undamaged(() => one(headOfLine, { route, orderKey, head: numberIn(line, 'head') }));
    if (!head) {
      // A line without an open delivery would be found again and again, instead of lines that can be claimed.
      run(sql.dropLine, { route, orderKey });
      return undefined;
    }
    const callback = numberIn(head, 'callback_sequence');
    const claimed = one(sql.claimLine, { route, orderKey, token, callback, holder, now: at });
    return { ...head, ...claimed, token, route, order_key: orderKey, callback };
  };
  return (
    route: string,
    { fresh, retries, excluded = [] }: ClaimLimits,
    token: string,
    headOfLine: string,
  ): Row[] => {
    const [texts, exclusion] =
      excluded.length > 0
        ? [sql.dueLinesButExcluded, { excluded: JSON.stringify(excluded) }]
        : [sql.dueLines, {}];
    const due = (text: string, limit: number) =>
      limit > 0 ? all(text, { route, now: now(), limit, ...exclusion }) : [];
    const lines = [...due(texts.fresh, fresh), ...due(texts.retry, retries)];
    return lines
      .map((line) => claimLine(route, token, line, headOfLine))
      .filter((claimed) => claimed !== undefined);
  };
}

/**
 * Milliseconds that the statements of a handler may take together. SQLite has one writer, and Node cannot interrupt a
 * statement: callbacks wait for their commit meanwhile.
 */
const maxStatementsMs = 1000;

/** @throws StatementError after a statement that exceeds the time. */
function runStatements({ runOnce }: SqliteSession, statements: readonly Statement[]): void {
  const startedAt = performance.now();
  for (const statement of statements) {
    runOnce(statement);
    if (performance.now() - startedAt > maxStatementsMs) throw new StatementError('TOO_SLOW');
  }
}

/** Returns whether the claim was still held. */
function settleConfirmed(
  session: SqliteSession,
  route: string,
  attempt: ConfirmedAttempt,
  prompt: readonly string[],
  now: number,
): boolean {
  const { callback, confirmation, pulled, targets } = attempt;
  if (!settle(session, route, attempt, now)) return false;
  if (confirmation) session.run(keepConfirmation, { callback, confirmation, pulled, now });
  for (const target of targets)
    if (session.run(addMissingDelivery, { callback, ...target }) > 0)
      session.run(extendConfirmedLine(prompt.includes(target.route)), { callback, ...target, now });
  return true;
}

/** Returns whether the claim was still held. */
function settle(
  { run, one }: SqliteSession,
  route: string,
  { orderKey, token, callback, state, delayMs, outcome }: SettledAttempt,
  now: number,
): boolean {
  const key: Values = { route, orderKey };
  const line = one(sql.claimedLine, { ...key, token });
  if (!line) return false;
  if (outcome !== undefined)
    run(sql.addAttempt, { callback, route, startedAt: numberIn(line, 'started_at'), now, outcome });
  if (state === 'due') {
    run(sql.deferLine(outcome !== undefined), { ...key, now, nextAt: now + delayMs });
    return true;
  }
  run(sql.closeDelivery, { callback, route, state });
  if (numberIn(line, 'open') === 1) run(sql.dropLine, key);
  else run(sql.advanceLine, { ...key, now });
  return true;
}
