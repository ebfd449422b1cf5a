import type { CallbackServer } from '@partner-ecosystem/callback-server';
import { createDecisions, type Decisions, type PartnerClient } from '@partner-ecosystem/client';

/**
 * Step 7: passes callbacks to the client's `decisions`, which confirm each callback by pulling the merchant.
 *
 * A callback is not signed and may be old, so a callback alone never decides. `waitFor` also pulls without callbacks:
 * after a restart, call `waitFor` for each open case.
 */
export function receiveDecisions(server: CallbackServer, partner: PartnerClient): Decisions {
  const decisions = createDecisions(partner);
  server.on('accept', ({ payload }) => void decisions.notify(payload));
  server.on('reject', ({ payload }) => void decisions.notify(payload));
  return decisions;
}
