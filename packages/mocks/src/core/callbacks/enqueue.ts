import type { Change } from '../operation-handler.ts';
import type { State } from '../state.ts';
import { put } from '../table.ts';
import type { QueuedCallback } from './queued-callback.ts';

/** Adds a callback to those that wait. */
export function enqueue(state: State, callback: QueuedCallback): Required<Change> {
  const { id, status } = callback;
  const waiting = status === 'waiting' ? put(state.waiting, id, true) : state.waiting;
  return {
    state: { ...state, callbacks: put(state.callbacks, id, callback), waiting },
    effects: status === 'waiting' ? [{ kind: 'deliver-callback', callbackId: id }] : [],
  };
}
