import { expect } from 'vitest';
import type { CallbackServer } from '../../src/index.ts';
import { eventually } from './eventually.ts';

/** State of the first delivery of the newest callback, and the outcomes of its attempts. */
export async function newest(server: CallbackServer) {
  const [first] = await server.callbacks.list({ limit: 1 });
  const [delivery] = first?.deliveries ?? [];
  return { state: delivery?.state, outcomes: delivery?.attempts.map(({ outcome }) => outcome) ?? [] };
}

export async function waitForOutcome(server: CallbackServer, outcome: string) {
  await eventually(async () => expect((await newest(server)).outcomes).toContain(outcome));
}

export async function waitUntilTaken(server: CallbackServer) {
  await eventually(async () => expect((await newest(server)).state).toBe('taken'));
}
