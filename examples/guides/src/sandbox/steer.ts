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

/** One response differs. */
export function overrideOnce(sandbox: Sandbox): void {
  // #region override
  sandbox.on('pullMerchant', { times: 1 }).respond(404);
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
