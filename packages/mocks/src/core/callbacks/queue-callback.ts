import { callbackPayload } from '../documents/callback-payload.ts';
import type { Env } from '../env.ts';
import { holdCallback } from '../hold-to-contract.ts';
import { objectId } from '../identifiers.ts';
import { linkOf } from '../links.ts';
import type { Change } from '../operation-handler.ts';
import { countOne, type Event, type Merchant, type State, type Status } from '../state.ts';
import { find, put } from '../table.ts';
import type { QueuedCallback } from './queued-callback.ts';

/** Queues the callback of where a merchant now stands, if that is an event and a URL is registered for it. */
export function queueCallback(state: State, merchant: Merchant, env: Env): Change {
  const event = events[merchant.status];
  const link = linkOf(state, merchant.distributorId, merchant.realm.id);
  const url = event && link && find(link.callbackUrls, merchant.flow.id)?.[event];
  if (!event || !url) return { state };
  const payload = callbackPayload(merchant);
  holdCallback(event, payload);
  const { ordinal, state: counted } = countOne(state, 'callback');
  const callback: QueuedCallback = {
    id: objectId(env, `callback ${ordinal}`),
    event,
    merchantId: merchant.id,
    url,
    payload,
    status: 'waiting',
    dueAt: env.now,
    attempts: [],
  };
  return {
    state: { ...counted, callbacks: put(counted.callbacks, callback.id, callback) },
    effects: [{ kind: 'deliver-callback', callbackId: callback.id }],
  };
}

const events: { readonly [S in Status]?: Event } = { pending: 'pending', accept: 'accept', reject: 'reject' };
