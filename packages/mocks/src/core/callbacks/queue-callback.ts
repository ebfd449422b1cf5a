import { assertCallback } from '../contract/enforce-contract.ts';
import { selectFaults } from '../faults/fault-list.ts';
import { events } from '../model/case-status.ts';
import type { Change, Effect } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { CallbackFault, Fault } from '../model/fault.ts';
import type { QueuedCallback } from '../model/queued-callback.ts';
import { type Merchant, nextOrdinal, type State } from '../model/state.ts';
import { find, put, without } from '../model/table.ts';
import { callbackPayload } from '../records/case-documents.ts';
import { linkOf } from '../records/links.ts';
import { objectId } from '../seed/identifiers.ts';
import { breakCallback } from './break-callback.ts';
import { enqueue } from './callback-queue.ts';

/** Queues the callback for a merchant's status, if the status is an event and the partner registered a URL for it. */
export function queueCallback(state: State, merchant: Merchant, env: Env): Required<Change> {
  const event = events.find((each) => each === merchant.status);
  const link = linkOf(state, merchant.distributorId, merchant.realm.id);
  const url = event && link?.callbackUrls[merchant.flow.id]?.[event];
  if (!event || !url) return { state, effects: [] };
  const payload = callbackPayload(merchant);
  assertCallback(event, payload);
  const { ordinal, state: counted } = nextOrdinal(state, 'callback');
  const callback: QueuedCallback = {
    id: objectId(env, `callback ${ordinal}`),
    event,
    merchantId: merchant.id,
    url,
    payload,
    status: 'waiting',
    dueAt: env.now,
    turn: ordinal,
    attempts: [],
    faults: [],
  };
  const applies = (fault: Fault): fault is CallbackFault =>
    'callback' in fault && (fault.callback === '*' || fault.callback === event);
  const selected = selectFaults(counted, applies, env);
  const released = releaseHeldBack(selected.state, callback);
  const queued =
    selected.faults.length === 0
      ? enqueue(released.state, callback)
      : breakCallback(released.state, callback, selected.faults, env);
  return { state: queued.state, effects: [...queued.effects, ...released.effects] };
}

/** Schedules the merchant's held-back callbacks directly after this callback. */
function releaseHeldBack(state: State, { merchantId, dueAt, turn }: QueuedCallback): Required<Change> {
  const heldBack = find(state.heldBack, merchantId);
  if (!heldBack) return { state, effects: [] };
  let { callbacks } = state;
  const effects: Effect[] = [];
  for (const id of heldBack) {
    const waiting = find(callbacks, id);
    if (!waiting?.heldBack) continue;
    const { heldBack: _, ...released } = waiting;
    callbacks = put(callbacks, id, {
      ...released,
      ...(dueAt !== undefined && { dueAt }),
      turn: turn + 0.5,
    });
    effects.push({ kind: 'deliver-callback', callbackId: id });
  }
  return { state: { ...state, callbacks, heldBack: without(state.heldBack, merchantId) }, effects };
}
