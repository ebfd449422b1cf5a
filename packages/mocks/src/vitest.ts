import { test as base, expect, type TestAPI } from 'vitest';
import type { AddedPartner } from './sandbox/add-partner.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { matchers, type SandboxMatchers } from './testing/matchers.ts';
import { openTestSession, type TestSession } from './testing/test-session.ts';

declare module 'vitest' {
  interface Matchers<R> extends SandboxMatchers<R> {}
}

export type { SandboxMatchers };

/** The fixtures of Vitest's test context. */
export interface SandboxTestContext {
  /** A sandbox for this test only. It posts callbacks when they are due. Its seed is `SANDBOX_SEED`, or a new seed. */
  readonly sandbox: Sandbox;
  /** A partner of the sandbox that may use every flow. The partner is added when a test uses it. */
  readonly partner: AddedPartner;
  /** Address of the same sandbox over HTTP, for all of the provider's hosts. The server starts when a test uses it. */
  readonly sandboxUrl: string;
}

/**
 * Vitest's `test`, with a sandbox for each test. A failed test prints the seed and the last ten entries of the journal. A
 * test fails if a handler of `sandbox.on()` throws an exception or breaks the contract.
 *
 * @example
 * ```ts
 * import { expect, test } from '@partner-ecosystem/mocks/vitest';
 *
 * test('a rejection is posted', async ({ sandbox, sandboxUrl, partner }) => {
 *   const merchantId = await onboard(sandboxUrl, partner);
 *   sandbox.backOffice.reject(merchantId, { reason: 'blurred' });
 *   expect(await sandbox.callbacks.next({ event: 'reject' })).toMatchObject({ status: 'delivered' });
 *   expect(sandbox).toHaveReceivedOnce({ operation: 'pushMerchant', merchantId });
 * });
 * ```
 */
export const test: TestAPI<SandboxTestContext> = base.extend<
  SandboxTestContext & { readonly session: TestSession }
>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  session: async ({}, use) => {
    const session = openTestSession();
    await use(session);
    await session.close();
  },
  sandbox: async ({ session, onTestFailed }, use) => {
    onTestFailed(() => console.error(session.describe()));
    await use(session.sandbox);
  },
  partner: async ({ session }, use) => use(session.partner()),
  sandboxUrl: async ({ session }, use) => use(await session.url()),
});

export { expect };

expect.extend(matchers);
