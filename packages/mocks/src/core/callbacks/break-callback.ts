import { webhooks } from '@partner-ecosystem/openapi/schemas';
import { driftBody } from '../faults/drift-body.ts';
import { recordStrike, strikePoint } from '../faults/fault-list.ts';
import type { Change, Effect } from '../model/command.ts';
import { timeAfter } from '../model/duration.ts';
import type { Env } from '../model/env.ts';
import type { CallbackFault } from '../model/fault.ts';
import type { QueuedCallback } from '../model/queued-callback.ts';
import { nextOrdinal, type State } from '../model/state.ts';
import { scheduleDecision } from '../records/merchants.ts';
import { objectId } from '../seed/identifiers.ts';
import { enqueue } from './callback-queue.ts';

/** Applies faults to a callback, and queues the callback with its duplicates. */
export function breakCallback(
  state: State,
  callback: QueuedCallback,
  faults: readonly CallbackFault[],
  env: Env,
): Required<Change> {
  let broken = callback;
  let next = state;
  let copies = 0;
  const scheduled: Effect[] = [];
  for (const fault of faults) {
    const changed = broken.status === 'dropped' ? undefined : applyFault(broken, fault, env);
    if (!changed) continue;
    broken = { ...changed, faults: [...broken.faults, fault.kind] };
    next = recordStrike(next, fault);
    if (fault.kind === 'contradict-later') {
      const reversal = scheduleReversal(next, broken, timeAfter(env.now, fault.after ?? '1h'));
      next = reversal.state;
      scheduled.push(...reversal.effects);
    }
    if (fault.kind === 'duplicate') copies += fault.copies ?? 1;
  }
  const queued = duplicate(enqueue(next, broken), broken, copies, env);
  return { ...queued, effects: [...queued.effects, ...scheduled] };
}

/** Changes a callback. Returns `undefined` if the fault finds nothing to break. */
function applyFault(callback: QueuedCallback, fault: CallbackFault, env: Env): QueuedCallback | undefined {
  switch (fault.kind) {
    case 'drop': {
      const { dueAt: _, ...dropped } = callback;
      return { ...dropped, status: 'dropped' };
    }
    case 'delay':
      return { ...callback, dueAt: timeAfter(callback.dueAt ?? env.now, fault.by) };
    case 'reorder':
      return { ...callback, heldBack: true, dueAt: timeAfter(env.now, '1h') };
    case 'duplicate':
      return callback;
    case 'contradict-later':
      return callback.event === 'pending' ? undefined : callback;
    case 'wrong-body':
      return { ...callback, text: wrongBodies[fault.body ?? 'unparsable'](callback) };
    case 'redirected':
      return { ...callback, redirected: true };
    case 'oversized': {
      const padding = 'x'.repeat(fault.bytes ?? 8 * 1024 * 1024);
      return { ...callback, text: JSON.stringify({ ...callback.payload, padding }) };
    }
    default: {
      const body = driftBody(fault, callback.payload, webhooks[callback.event], strikePoint(fault, env));
      return body === undefined ? undefined : { ...callback, text: JSON.stringify(body) };
    }
  }
}

const wrongBodies = {
  unparsable: ({ payload }: QueuedCallback) => JSON.stringify(payload).slice(0, -2),
  nested: ({ payload }: QueuedCallback) =>
    JSON.stringify({ result: { merchantData: { basicDetails: payload.merchantData } } }),
  empty: () => '',
};

function scheduleReversal(state: State, { merchantId }: QueuedCallback, dueAt: number): Required<Change> {
  const reversal = {
    merchantId,
    decision: 'reverse',
    reason: '',
    instructions: '',
    dueAt,
    by: 'fault',
  } as const;
  return scheduleDecision(state, reversal);
}

function duplicate(change: Required<Change>, callback: QueuedCallback, copies: number, env: Env) {
  let { state, effects } = change;
  for (let copy = 0; copy < copies; copy++) {
    const { ordinal, state: counted } = nextOrdinal(state, 'callback');
    const id = objectId(env, `callback ${ordinal}`);
    const queued = enqueue(counted, { ...callback, id, turn: ordinal, copyOf: callback.id });
    state = queued.state;
    effects = [...effects, ...queued.effects];
  }
  return { state, effects };
}
