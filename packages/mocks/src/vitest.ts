import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { responses, type Validator, webhooks } from '@partner-ecosystem/openapi/validators';
import { test as base, expect, type TestAPI } from 'vitest';
import type { Event } from './core/model/case-status.ts';
import { listenForRequests } from './http/api-server.ts';
import type { JournalEntry } from './sandbox/journal.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { createSandboxes } from './sandbox/sandboxes.ts';

declare module 'vitest' {
  interface Matchers<R> {
    /**
     * Holds a body to the contract: that of an operation's response, with status 200 or another one, or that of an
     * event's callback. A failure says where it departs, and never what stands there.
     */
    toMatchContract: (of: OperationId | Event, status?: number) => R;
  }
}

/** What a test is given. */
export interface SandboxTestContext {
  /** A sandbox of the test's own, which posts callbacks by itself. Its seed is `SANDBOX_SEED`, or 1. */
  readonly sandbox: Sandbox;
  /** The same sandbox over HTTP: all of the provider's hosts in one address. It is served once a test asks for it. */
  readonly sandboxUrl: string;
}

/**
 * Vitest's `test`, with a sandbox for each test. When a test fails, it says the seed and the last things that happened.
 *
 * @example
 * ```ts
 * import { expect, test } from '@partner-ecosystem/mocks/vitest';
 *
 * test('a rejected customer is told', async ({ sandbox, sandboxUrl }) => {
 *   const merchantId = await onboard(sandboxUrl);
 *   sandbox.backOffice.reject(merchantId, { reason: 'blurred' });
 *   expect(await sandbox.callbacks.next({ event: 'reject' })).toMatchObject({ status: 'delivered' });
 * });
 * ```
 */
export const test: TestAPI<SandboxTestContext> = base.extend<
  SandboxTestContext & { readonly sandboxes: Kept }
>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
  sandboxes: async ({}, use) => {
    const sandboxes = createSandboxes();
    await use({ sandboxes, ...sandboxes.create({ seed: process.env['SANDBOX_SEED'] ?? 1 }) });
    await sandboxes.close();
  },
  sandbox: async ({ sandboxes: { sandbox }, onTestFailed }, use) => {
    onTestFailed(() => console.error(whatHappened(sandbox)));
    await use(sandbox);
  },
  sandboxUrl: async ({ sandboxes: { sandboxes, sandbox, id } }, use) => {
    const server = await listenForRequests(sandboxes, id, '127.0.0.1', 0);
    sandbox.attach('http');
    await use(server.url);
    await server.close();
  },
});

export { expect };

interface Kept {
  readonly sandboxes: ReturnType<typeof createSandboxes>;
  readonly sandbox: Sandbox;
  readonly id: string;
}

expect.extend({
  toMatchContract(body: unknown, of: OperationId | Event, status = 200) {
    const validation = validatorOf(of, status)(body);
    const subject = of in operations ? `the ${status} response of ${of}` : `the ${of} callback`;
    return {
      pass: validation.ok,
      message: () =>
        validation.ok
          ? `This is ${subject}, and was expected not to be.`
          : `This is not ${subject}:\n${validation.violations
              .map(({ pointer, expected }) => `  ${pointer || 'the body'} ${expected}`)
              .join('\n')}`,
    };
  },
});

function validatorOf(of: OperationId | Event, status: number): Validator<unknown> {
  const byName: { readonly [name: string]: { readonly [validator: string]: Validator<unknown> } } = {
    ...responses,
    ...webhooks,
  };
  const validator = byName[of]?.[of in operations ? `validate${status}` : 'validate'];
  if (validator) return validator;
  throw new Error(
    `The contract has no body for ${of}${of in operations ? ` with the status ${status}` : ''}.`,
  );
}

function whatHappened(sandbox: Sandbox): string {
  const lines = sandbox.journal().slice(-10).map(lineOf);
  return [`Sandbox with the seed ${sandbox.seed}; the last things that happened:`, ...lines].join('\n  ');
}

function lineOf(entry: JournalEntry): string {
  switch (entry.kind) {
    case 'request':
      return `${entry.operation} ${entry.status}, answered by ${[entry.answeredBy, ...entry.faults].join(' ')}`;
    case 'move':
      return `merchant ${entry.merchantId}: ${entry.from} to ${entry.to}, by ${entry.by}`;
    case 'callback':
      return `callback ${entry.event} of ${entry.merchantId}: ${entry.status ?? entry.problem}`;
  }
}
