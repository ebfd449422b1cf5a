import type { CallbackServer } from '../../src/index.ts';

/** Ids of the callbacks that the handler has never taken, newest first. */
export const deadIds = async ({ callbacks }: CallbackServer) =>
  (await callbacks.list({ delivery: { route: 'handler', state: 'dead' } })).map(({ id }) => id);
