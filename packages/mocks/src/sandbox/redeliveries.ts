import type { QueuedCallback } from '../core/model/queued-callback.ts';
import { find } from '../core/model/table.ts';
import type { Machine } from './machine.ts';
import type { Scheduler } from './scheduler.ts';

/**
 * Creates a function that posts the callback with an id once more. The end of an attempt decides when the callback is due
 * again, so a redelivery that is requested during an attempt begins after this attempt. Redeliveries of one callback
 * follow each other.
 */
export function createRedeliveries({ state, run }: Machine, scheduler: Scheduler) {
  const latest = new Map<string, Promise<QueuedCallback>>();

  function existing(id: string): QueuedCallback {
    const callback = find(state().callbacks, id);
    if (!callback) throw new Error(`There is no callback with the id ${id}.`);
    return callback;
  }

  async function redeliver(id: string): Promise<QueuedCallback> {
    let { url } = existing(id);
    for (let attempt = scheduler.attemptOf(id); attempt; attempt = scheduler.attemptOf(id)) {
      await attempt;
      ({ url } = existing(id)); // The state can have been replaced.
    }
    run({ kind: 'redeliver', callbackId: id });
    await scheduler.drainFor(url);
    return structuredClone(existing(id));
  }

  return (id: string): Promise<QueuedCallback> => {
    const done = latest.get(id)?.then(
      () => redeliver(id),
      () => redeliver(id),
    );
    const last = (done ?? redeliver(id)).finally(() => {
      if (latest.get(id) === last) latest.delete(id);
    });
    latest.set(id, last);
    return last;
  };
}
