import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { responses, type Validator, webhooks } from '@partner-ecosystem/openapi/validators';
import { test as base, expect, type TestAPI } from 'vitest';
import { successStatus } from './core/contract/success-status.ts';
import type { Event } from './core/model/case-status.ts';
import { listenForRequests } from './http/api-server.ts';
import type { JournalEntry } from './sandbox/journal.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { createSandboxes, type NamedSandbox, type Sandboxes } from './sandbox/sandboxes.ts';

declare module 'vitest' {
  interface Matchers<R> {
    /**
     * Validates a body against the contract: the response of an operation (its success by default), or the callback of an
     * event. A failure lists the violations with their places, but no values.
     */
    toMatchContract: (of: OperationId | Event, status?: number) => R;
  }
}

/** The fixtures of Vitest's test context. */
export interface SandboxTestContext {
  /** A sandbox for this test only. It posts callbacks when they are due. Its seed is `SANDBOX_SEED`, or a new one. */
  readonly sandbox: Sandbox;
  /** Address of the same sandbox over HTTP, for all of the provider's hosts. The server starts when a test uses it. */
  readonly sandboxUrl: string;
}

/**
 * Vitest's `test`, with a sandbox for each test. A failed test prints the seed and the last ten events of the sandbox.
 *
 * @example
 * ```ts
 * import { expect, test } from '@partner-ecosystem/mocks/vitest';
 *
 * test('a rejection is posted', async ({ sandbox, sandboxUrl }) => {
 *   const merchantId = await onboard(sandboxUrl);
 *   sandbox.backOffice.reject(merchantId, { reason: 'blurred' });
 *   expect(await sandbox.callbacks.next({ event: 'reject' })).toMatchObject({ status: 'delivered' });
 * });
 * ```
 */
export const test: TestAPI<SandboxTestContext> = base.extend<
  SandboxTestContext & { readonly sandboxes: NamedSandbox & { readonly all: Sandboxes } }
>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  sandboxes: async ({}, use) => {
    const sandboxes = createSandboxes();
    const seed = process.env['SANDBOX_SEED'];
    await use({ all: sandboxes, ...sandboxes.create(seed === undefined ? {} : { seed }) });
    await sandboxes.close();
  },
  sandbox: async ({ sandboxes: { sandbox }, onTestFailed }, use) => {
    onTestFailed(() => console.error(lastEvents(sandbox)));
    await use(sandbox);
  },
  sandboxUrl: async ({ sandboxes: { all, sandbox, id } }, use) => {
    const server = await listenForRequests(all, id, '127.0.0.1', 0);
    sandbox.attach('http');
    await use(server.url);
    await server.close();
  },
});

export { expect };

expect.extend({
  toMatchContract(body: unknown, of: OperationId | Event, status = defaultStatus(of)) {
    const validation = validatorOf(of, status)(body);
    const subject = of in operations ? `the ${status} response of ${of}` : `the ${of} callback`;
    return {
      pass: validation.ok,
      message: () =>
        validation.ok
          ? `Expected a body that violates the contract, but it is a valid body of ${subject}.`
          : `The body violates the contract of ${subject}:\n${validation.violations
              .map(({ pointer, expected }) => `  ${pointer || 'the body'} ${expected}`)
              .join('\n')}`,
    };
  },
});

function defaultStatus(of: OperationId | Event): number {
  return of in operations ? successStatus(of as OperationId) : 200;
}

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

function lastEvents(sandbox: Sandbox): string {
  const lines = sandbox.journal().slice(-10).map(lineOf);
  return [`Sandbox with the seed ${sandbox.seed}; its last events:`, ...lines].join('\n  ');
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
