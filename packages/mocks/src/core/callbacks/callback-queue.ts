import type { Change, Command, Step } from '../model/command.ts';
import { timeAfter } from '../model/duration.ts';
import type { Env } from '../model/env.ts';
import type { Attempt, QueuedCallback } from '../model/queued-callback.ts';
import { withHeldBack } from '../model/snapshot.ts';
import type { State } from '../model/state.ts';
import { find, put, without } from '../model/table.ts';

export function enqueue(state: State, callback: QueuedCallback): Required<Change> {
  const { id, merchantId, status, heldBack } = callback;
  const callbacks = put(state.callbacks, id, callback);
  if (status !== 'waiting') return { state: { ...state, callbacks }, effects: [] };
  const index = heldBack ? withHeldBack(state.heldBack, merchantId, id) : state.heldBack;
  return {
    state: { ...state, callbacks, waiting: put(state.waiting, id, true), heldBack: index },
    effects: [{ kind: 'deliver-callback', callbackId: id }],
  };
}

type RecordAttempt = Extract<Command, { kind: 'record-attempt' }>;

export function recordAttempt(state: State, { callbackId, attempt }: RecordAttempt, env: Env): Partial<Step> {
  const callback = find(state.callbacks, callbackId);
  if (!callback) return { response: { status: 404, body: {} } };
  const updated = withAttempt(callback, attempt, env);
  const callbacks = put(state.callbacks, callbackId, updated);
  if (updated.status === 'waiting')
    return { state: { ...state, callbacks }, effects: [{ kind: 'deliver-callback', callbackId }] };
  return { state: { ...state, callbacks, waiting: without(state.waiting, callbackId) } };
}

/** Queues a callback for another attempt now, regardless of its status. */
export function redeliver(state: State, callbackId: string, { now }: Env): Partial<Step> {
  const callback = find(state.callbacks, callbackId);
  if (!callback) return { response: { status: 404, body: {} } };
  return enqueue(state, { ...callback, status: 'waiting', dueAt: now });
}

function withAttempt(callback: QueuedCallback, attempt: Attempt, { now }: Env): QueuedCallback {
  const { dueAt: _, heldBack: __, ...tried } = { ...callback, attempts: [...callback.attempts, attempt] };
  if (attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300)
    return { ...tried, status: 'delivered' };
  const delay = retryDelays[tried.attempts.length - 1];
  return delay === undefined
    ? { ...tried, status: 'failed' }
    : { ...tried, dueAt: timeAfter(now, delay * 1000) };
}

/**
 * Seconds after each failed attempt; the tenth failure is final. The vendor describes these Fibonacci numbers for its
 * outgoing queue.
 */
const retryDelays: readonly number[] = [2, 3, 5, 8, 13, 21, 34, 55, 89];
