import type { Command, Step } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { Attempt, QueuedCallback } from '../model/queued-callback.ts';
import type { State } from '../model/state.ts';
import { find, put, without } from '../model/table.ts';
import { nextAttemptAt } from './attempt-schedule.ts';

type RecordAttempt = Extract<Command, { kind: 'record-attempt' }>;

/** Notes how an attempt went, and when to try again. */
export function recordAttempt(state: State, { callbackId, attempt }: RecordAttempt, env: Env): Step {
  const callback = find(state.callbacks, callbackId);
  if (!callback) return { state, response: { status: 404, body: {} }, effects: [] };
  const updated = withAttempt(callback, attempt, env);
  const callbacks = put(state.callbacks, callbackId, updated);
  const waiting = updated.status === 'waiting' ? state.waiting : without(state.waiting, callbackId);
  return { state: { ...state, callbacks, waiting }, response: { status: 200, body: {} }, effects: [] };
}

/** Has a callback posted once more, now, whatever became of it. */
export function redeliver(state: State, callbackId: string, { now }: Env): Step {
  const callback = find(state.callbacks, callbackId);
  if (!callback) return { state, response: { status: 404, body: {} }, effects: [] };
  const again: QueuedCallback = { ...callback, status: 'waiting', dueAt: now };
  return {
    state: {
      ...state,
      callbacks: put(state.callbacks, callbackId, again),
      waiting: put(state.waiting, callbackId, true),
    },
    response: { status: 200, body: {} },
    effects: [{ kind: 'deliver-callback', callbackId }],
  };
}

function withAttempt(callback: QueuedCallback, attempt: Attempt, { now }: Env): QueuedCallback {
  const { dueAt: _, heldBack: __, ...tried } = { ...callback, attempts: [...callback.attempts, attempt] };
  if (attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300)
    return { ...tried, status: 'delivered' };
  const dueAt = nextAttemptAt(tried.attempts.length, now);
  return dueAt === undefined ? { ...tried, status: 'failed' } : { ...tried, dueAt };
}
