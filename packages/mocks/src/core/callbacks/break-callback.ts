import { webhooks } from '@partner-ecosystem/openapi/schemas';
import { driftBody } from '../faults/drift-body.ts';
import { struck } from '../faults/select-faults.ts';
import type { Change } from '../model/change.ts';
import { millisecondsIn } from '../model/duration.ts';
import type { Env } from '../model/env.ts';
import type { CallbackFault } from '../model/fault.ts';
import type { QueuedCallback } from '../model/queued-callback.ts';
import { nextOrdinal, type State } from '../model/state.ts';
import { scheduleDecision } from '../records/schedule-decision.ts';
import { fractionOf } from '../seed/fraction.ts';
import { objectId } from '../seed/identifiers.ts';
import { enqueue } from './enqueue.ts';

/** Queues a callback as its faults would have it. */
export function breakCallback(
  state: State,
  callback: QueuedCallback,
  faults: readonly CallbackFault[],
  env: Env,
): Required<Change> {
  let broken = callback;
  let noted = state;
  for (const fault of faults) {
    const next = broken.status === 'dropped' ? undefined : breakOnce(broken, fault, env);
    if (!next) continue;
    broken = { ...next, faults: [...broken.faults, fault.kind] };
    noted = struck(noted, fault);
    if (fault.kind === 'contradict-later') noted = contradict(noted, broken, fault, env);
  }
  const queued = enqueue(noted, broken);
  return faults.reduce(
    (change, fault) =>
      fault.kind === 'duplicate' && broken.faults.includes(fault.kind)
        ? duplicate(change, broken, fault.copies ?? 1, env)
        : change,
    queued,
  );
}

/** What a fault makes of a callback; nothing, where it finds nothing to break. */
function breakOnce(callback: QueuedCallback, fault: CallbackFault, env: Env): QueuedCallback | undefined {
  switch (fault.kind) {
    case 'drop': {
      const { dueAt: _, ...dropped } = callback;
      return { ...dropped, status: 'dropped' };
    }
    case 'delay':
      return { ...callback, dueAt: (callback.dueAt ?? env.now) + millisecondsIn(fault.by) };
    case 'reorder':
      return { ...callback, heldBack: true, dueAt: env.now + millisecondsIn('1h') };
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
      const point = fractionOf(env, `${fault.id} ${fault.considered} place`);
      const drifted = driftBody(fault, callback.payload, webhooks[callback.event], point);
      return drifted === undefined ? undefined : { ...callback, text: JSON.stringify(drifted) };
    }
  }
}

const wrongBodies = {
  unparsable: ({ payload }: QueuedCallback) => JSON.stringify(payload).slice(0, -2),
  nested: ({ payload }: QueuedCallback) =>
    JSON.stringify({ result: { merchantData: { basicDetails: payload.merchantData } } }),
  empty: () => '',
};

function contradict(
  state: State,
  { merchantId }: QueuedCallback,
  { after = '1h' }: Extract<CallbackFault, { kind: 'contradict-later' }>,
  env: Env,
): State {
  const dueAt = env.now + millisecondsIn(after);
  const words = { reason: '', instructions: '' };
  return scheduleDecision(state, { merchantId, decision: 'reverse', ...words, dueAt, by: 'fault' }).state;
}

/** The change with so many copies of a callback queued behind it. */
function duplicate(
  change: Required<Change>,
  callback: QueuedCallback,
  copies: number,
  env: Env,
): Required<Change> {
  return Array.from({ length: copies }).reduce<Required<Change>>(({ state, effects }) => {
    const { ordinal, state: counted } = nextOrdinal(state, 'callback');
    const id = objectId(env, `callback ${ordinal}`);
    const queued = enqueue(counted, { ...callback, id, turn: ordinal, copyOf: callback.id });
    return { state: queued.state, effects: [...effects, ...queued.effects] };
  }, change);
}
