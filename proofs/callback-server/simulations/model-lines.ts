import type { Claim, ClaimedDelivery } from '../../../packages/callback-server/src/callback/delivery.ts';
import type { CallbackStore } from '../../../packages/callback-server/src/store/callback-store.ts';
import type { StoredCallback } from './stored-callbacks.ts';

/** The open deliveries of one merchant to one route. */
export interface ModelLine {
  readonly route: string;
  readonly orderKey: string;
  readonly open: StoredCallback[];
  nextAt: number;
  attempts: number;
  claim?: { readonly token: string; readonly holder: string; readonly leasedUntil: number };
}

/** The lines of all merchants and routes. */
export function createModelLines(leaseMs: number) {
  const lines = new Map<string, ModelLine>();
  let tokens = 0;
  const extend = (route: string, orderKey: string, callback: StoredCallback) => {
    const key = `${route} ${orderKey}`;
    const line = lines.get(key) ?? { route, orderKey, open: [], nextAt: performance.now(), attempts: 0 };
    lines.set(key, line);
    line.open.push(callback);
  };
  const waiting = (route: string, isRetry: boolean) =>
    [...lines.values()]
      .filter((line) => line.route === route && !line.claim && line.attempts > 0 === isRetry)
      .sort((one, other) => one.nextAt - other.nextAt);
  const due = (route: string, isRetry: boolean, limit: number) =>
    waiting(route, isRetry)
      .filter(({ nextAt }) => nextAt <= performance.now())
      .slice(0, limit);

  const renew = (line: ModelLine, holder: string) => {
    line.claim = { token: `token ${++tokens}`, holder, leasedUntil: performance.now() + leaseMs };
  };
  const claimLine = (line: ModelLine, holder: string): Claim => {
    renew(line, holder);
    line.attempts += 1;
    return claimOf(line);
  };
  const claimOf = ({ route, orderKey, open: [head], attempts, claim }: ModelLine): Claim => {
    if (!head || !claim) throw new Error('The model claims a line without an open delivery.');
    const { id, sequence, receivedAt, event, verdict, body, confirmation } = head;
    if (event === 'unknown') throw new Error('The model delivers a callback without an event.');
    const known = { token: claim.token, route, orderKey, callback: sequence, callbackId: id, receivedAt };
    const found = { event, verdict, body, ...(confirmation && { confirmation }) };
    return { ...known, ...found, attempt: attempts, dataKey: null };
  };
  const isHeld = ({ route, orderKey, token }: ClaimedDelivery) =>
    lines.get(`${route} ${orderKey}`)?.claim?.token === token;
  const settle: Settle = (route, { claim, settlement }) => {
    const key = `${route} ${claim.orderKey}`;
    const line = lines.get(key);
    if (!line || !isHeld(claim)) return false;
    delete line.claim;
    if (settlement.state === 'due') {
      line.nextAt = performance.now() + settlement.retryDelayMs;
      return true;
    }
    line.open.shift()?.states.set(route, settlement.state);
    Object.assign(line, { attempts: 0, nextAt: performance.now() });
    if (line.open.length === 0) lines.delete(key);
    return true;
  };

  return { all: () => [...lines.values()], extend, waiting, due, renew, claimLine, claimOf, isHeld, settle };
}

type Settle = (route: string, settled: Parameters<CallbackStore['settle']>[1][number]) => boolean;
