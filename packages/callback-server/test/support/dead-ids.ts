import type { CallbackServer } from '../../src/index.ts';

/** Ids of the callbacks whose delivery to the handler is dead, newest first. */
export const deadIds = async ({ callbacks }: CallbackServer) =>
  (await callbacks.list({ delivery: { route: 'handler', state: 'dead' } })).map(({ id }) => id);
