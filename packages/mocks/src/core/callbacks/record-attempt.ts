import type { Command, Step } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { Attempt, QueuedCallback } from '../model/queued-callback.ts';
import type { State } from '../model/state.ts';
import { find, put, without } from '../model/table.ts';
import { enqueue } from './enqueue.ts';

type RecordAttempt = Extract<Command, { kind: 'record-attempt' }>;

/** Records an attempt, and when the next attempt is due. */
export function recordAttempt(state: State, { callbackId, attempt }: RecordAttempt, env: Env): Partial<Step> {
  const callback = find(state.callbacks, callbackId);
  if (!callback) return { response: { status: 404, body: {} } };
  const updated = withAttempt(callback, attempt, env);
  const callbacks = put(state.callbacks, callbackId, updated);
  const waiting = updated.status === 'waiting' ? state.waiting : without(state.waiting, callbackId);
  return { state: { ...state, callbacks, waiting } };
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
  return delay === undefined ? { ...tried, status: 'failed' } : { ...tried, dueAt: now + delay * 1000 };
}

/**
 * Seconds after each failed attempt; the tenth failure is final. The vendor describes these Fibonacci numbers for its
 * outgoing queue.
 */
const retryDelays: readonly number[] = [2, 3, 5, 8, 13, 21, 34, 55, 89];
