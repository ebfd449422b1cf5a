import { assertCallback } from '../contract/enforce-contract.ts';
import { callbackPayload } from '../documents/callback-payload.ts';
import { selectFaults } from '../faults/select-faults.ts';
import type { Event, Status } from '../model/case-status.ts';
import type { Change } from '../model/change.ts';
import type { Env } from '../model/env.ts';
import type { CallbackFault, Fault } from '../model/fault.ts';
import type { QueuedCallback } from '../model/queued-callback.ts';
import { type Merchant, nextOrdinal, type State } from '../model/state.ts';
import { entries, find, put } from '../model/table.ts';
import { linkOf } from '../records/links.ts';
import { objectId } from '../seed/identifiers.ts';
import { breakCallback } from './break-callback.ts';
import { enqueue } from './enqueue.ts';

/** Queues the callback of where a merchant now stands, if that is an event and a URL is registered for it. */
export function queueCallback(state: State, merchant: Merchant, env: Env): Change {
  const event = events[merchant.status];
  const link = linkOf(state, merchant.distributorId, merchant.realm.id);
  const url = event && link?.callbackUrls[merchant.flow.id]?.[event];
  if (!event || !url) return { state };
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
  const isMeant = (fault: Fault): fault is CallbackFault =>
    'callback' in fault && (fault.callback === '*' || fault.callback === event);
  const drawn = selectFaults(counted, isMeant, env);
  const released = releaseHeld(drawn.state, callback);
  if (drawn.faults.length === 0) return enqueue(released, callback);
  return breakCallback(released, callback, drawn.faults, env);
}

const events: { readonly [S in Status]?: Event } = { pending: 'pending', accept: 'accept', reject: 'reject' };

/** What was held back for this callback goes right after it. */
function releaseHeld(state: State, { merchantId, dueAt, turn }: QueuedCallback): State {
  let { callbacks } = state;
  for (const [id] of entries(state.waiting)) {
    const held = find(callbacks, id);
    if (!held?.heldBack || held.merchantId !== merchantId) continue;
    const { heldBack: _, ...free } = held;
    callbacks = put(callbacks, id, { ...free, ...(dueAt !== undefined && { dueAt }), turn: turn + 0.5 });
  }
  return { ...state, callbacks };
}
