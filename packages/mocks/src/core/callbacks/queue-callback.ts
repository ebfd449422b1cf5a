import { assertCallback } from '../contract/enforce-contract.ts';
import { selectFaults } from '../faults/select-faults.ts';
import { events } from '../model/case-status.ts';
import type { Change } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { CallbackFault, Fault } from '../model/fault.ts';
import type { QueuedCallback } from '../model/queued-callback.ts';
import { type Merchant, nextOrdinal, type State } from '../model/state.ts';
import { entries, find, put } from '../model/table.ts';
import { callbackPayload } from '../records/case-documents.ts';
import { linkOf } from '../records/links.ts';
import { objectId } from '../seed/identifiers.ts';
import { breakCallback } from './break-callback.ts';
import { enqueue } from './enqueue.ts';

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
  if (selected.faults.length === 0) return enqueue(released, callback);
  return breakCallback(released, callback, selected.faults, env);
}

/** Schedules the merchant's held-back callbacks directly after this callback. */
function releaseHeldBack(state: State, { merchantId, dueAt, turn }: QueuedCallback): State {
  let { callbacks } = state;
  for (const [id] of entries(state.waiting)) {
    const waiting = find(callbacks, id);
    if (!waiting?.heldBack || waiting.merchantId !== merchantId) continue;
    const { heldBack: _, ...released } = waiting;
    callbacks = put(callbacks, id, {
      ...released,
      ...(dueAt !== undefined && { dueAt }),
      turn: turn + 0.5,
    });
  }
  return { ...state, callbacks };
}
