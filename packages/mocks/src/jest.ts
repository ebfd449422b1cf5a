import type { AddedPartner } from './sandbox/add-partner.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { matchers, type SandboxMatchers } from './testing/matchers.ts';
import { openTestSession } from './testing/test-session.ts';

declare global {
  namespace jest {
    // Jest's own interface has the same parameters; without Jest's types, this declaration has no effect.
    interface Matchers<R> extends SandboxMatchers<R> {}
  }
}

export { matchers, type SandboxMatchers };

/** What a test gets. */
export interface SandboxTestContext {
  /** A sandbox for this test only. It posts callbacks when they are due. Its seed is `SANDBOX_SEED`, or a new seed. */
  readonly sandbox: Sandbox;
  /** Adds a partner that may use every flow of the sandbox. A second call returns the same partner. */
  readonly partner: () => AddedPartner;
  /** Starts an HTTP server for the sandbox, and resolves with its address. A second call returns the same address. */
  readonly sandboxUrl: () => Promise<string>;
}

/**
 * Wraps a test function of Jest, `node:test` or any other framework. A failed test prints the seed and the last ten entries
 * of the journal. A test fails if a handler of `sandbox.on()` throws an exception or breaks the contract. The arguments of
 * the framework, such as a row of `test.each`, follow the context of the sandbox.
 *
 * @example
 * ```ts
 * import { matchers, withSandbox } from '@partner-ecosystem/mocks/jest';
 *
 * expect.extend(matchers);
 * test('a merchant is created', withSandbox(async ({ sandbox, sandboxUrl, partner }) => {
 *   await onboard(await sandboxUrl(), partner());
 *   expect(sandbox).toHaveReceivedOnce('createMerchant');
 * }));
 * ```
 */
export function withSandbox<Given extends readonly unknown[]>(
  test: (context: SandboxTestContext, ...given: Given) => unknown,
): (...given: Given) => Promise<void> {
  return async (...given) => {
    const session = openTestSession();
    const { sandbox, partner, url: sandboxUrl } = session;
    try {
      await test({ sandbox, partner, sandboxUrl }, ...given);
    } catch (error) {
      console.error(session.describe());
      await session.close().catch(() => {}); // The error of the test itself is reported instead.
      throw error;
    }
    await session.close();
  };
}
