import { listenForRequests } from '../http/api-server.ts';
import type { AddedPartner } from '../sandbox/add-partner.ts';
import type { JournalEntry } from '../sandbox/journal.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { createSandboxes } from '../sandbox/sandboxes.ts';
import { describeRequest } from './matchers.ts';

/** The sandbox of one test. */
export interface TestSession {
  readonly sandbox: Sandbox;
  /** Adds a partner at the first call. */
  readonly partner: () => AddedPartner;
  /** Starts a server at the first call, and returns its address. */
  readonly url: () => Promise<string>;
  /** Describes the sandbox and the last entries of its journal, for the output of a failed test. */
  readonly describe: () => string;
  /**
   * Ends the session.
   *
   * @throws the first error of the test's own overrides.
   */
  readonly close: () => Promise<void>;
}

/** Opens a sandbox that posts its callbacks when they are due. Its seed is `SANDBOX_SEED`, or a new seed. */
export function openTestSession(): TestSession {
  const sandboxes = createSandboxes();
  const seed = process.env['SANDBOX_SEED'];
  const { id, sandbox } = sandboxes.create(seed ? { seed } : {}); // An empty variable does not set the seed.
  let partner: AddedPartner | undefined;
  let server: ReturnType<typeof listenForRequests> | undefined;
  return {
    sandbox,
    partner: () => {
      partner ??= sandbox.backOffice.addPartner();
      return partner;
    },
    url: async () => {
      server ??= listenForRequests(sandboxes, id, '127.0.0.1', 0);
      sandbox.attach('http');
      const { url, unref } = await server;
      unref(); // A test that never ends, and so never closes its session, must not keep the process alive.
      return url;
    },
    describe: () => {
      const lines = sandbox.journal().slice(-10).map(lineOf);
      return [
        `Sandbox with the seed ${sandbox.seed} (repeat with SANDBOX_SEED=${sandbox.seed}); the last entries of its journal:`,
        ...lines,
      ].join('\n  ');
    },
    close: async () => {
      await sandboxes.close();
      await (await server)?.close();
      const [error] = sandbox.overrideErrors();
      if (error) throw error;
    },
  };
}

function lineOf(entry: JournalEntry): string {
  switch (entry.kind) {
    case 'request':
      return describeRequest(entry);
    case 'move':
      return `merchant ${entry.merchantId}: ${entry.from} to ${entry.to}, by ${entry.by}`;
    case 'callback':
      return `callback ${entry.event} of ${entry.merchantId}: ${entry.status ?? entry.problem}`;
  }
}
