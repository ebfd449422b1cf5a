import type { Change } from '../model/command.ts';
import type { QueuedCallback } from '../model/queued-callback.ts';
import type { State } from '../model/state.ts';
import { put } from '../model/table.ts';

export function enqueue(state: State, callback: QueuedCallback): Required<Change> {
  const { id, status } = callback;
  const waiting = status === 'waiting' ? put(state.waiting, id, true) : state.waiting;
  return {
    state: { ...state, callbacks: put(state.callbacks, id, callback), waiting },
    effects: status === 'waiting' ? [{ kind: 'deliver-callback', callbackId: id }] : [],
  };
}
