import type { Sandbox } from '@partner-ecosystem/mocks';

/** The back office decides by itself. */
export function decideByRule(sandbox: Sandbox): void {
  // #region policy
  sandbox.backOffice.setPolicy({
    kind: 'by-rule',
    rules: [{ field: 'name', contains: 'Reject', decision: 'reject' }],
    after: '1h', // A case without a matching rule waits for you.
  });
  // #endregion policy
}

/** Two days pass in a moment. */
export async function waitTwoDays(sandbox: Sandbox): Promise<void> {
  // #region clock
  await sandbox.clock.advance('2d'); // Posts every callback and takes every decision that becomes due.
  // #endregion clock
}

/** Three things go wrong. */
export function addFaults(sandbox: Sandbox): void {
  // #region faults
  sandbox.faults.add({ operation: 'pushMerchant', kind: 'lost-response', times: 1 }); // performed, but no response
  sandbox.faults.add({ operation: '*', kind: 'status', status: 503, rate: 0.1, ttl: '10m' });
  sandbox.faults.add({ callback: 'accept', kind: 'duplicate', copies: 2 });
  // #endregion faults
}

/** Three responses differ. */
export function overrideOnce(sandbox: Sandbox): void {
  // #region override
  sandbox.on('createMerchant', { times: 1 }, ({ next }) => next().patch({ status: 'draft' }));
  sandbox.on('pullMerchant', { times: 1 }).respond(404); // with the contract's body for a 404
  sandbox.on('getPushMerchantSpec', { times: 1 }).respondUnchecked(200, 'anything');
  // #endregion override
}

/** A copy of the whole state. */
export function tryAndUndo(sandbox: Sandbox, change: () => void): void {
  // #region snapshot
  const before = sandbox.snapshot();
  change();
  sandbox.restore(before);
  // #endregion snapshot
}
