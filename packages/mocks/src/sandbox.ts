import { type BackOffice, createBackOffice } from './back-office.ts';
import { type Callbacks, createCallbacks, dueCallbacks } from './callbacks.ts';
import { type Clock, createClock } from './clock.ts';
import { faultResponse } from './core/answer-request.ts';
import type { ApiRequest, Effect, StepResponse } from './core/command.ts';
import type { State } from './core/state.ts';
import type { World } from './core/world.ts';
import { type JournalEntry, journalEntry } from './journal.ts';
import { type Machine, startMachine } from './machine.ts';
import { readRequest } from './read-request.ts';
import { writeResponse } from './write-response.ts';

const longestJournal = 1000;

/** What a sandbox is created with. */
export interface SandboxOptions {
  /**
   * Fixes every id, user name and token. The same seed and clock give the same answers.
   * @default 1
   */
  readonly seed?: string | number;
  /**
   * The clock, in milliseconds since 1970-01-01T00:00:00Z. Tokens, files and attempts go by it.
   * @default Date.now
   */
  readonly now?: () => number;
  /**
   * Host names, without port, that callbacks may be posted to beside this machine.
   * @default []
   */
  readonly allowedCallbackHosts?: readonly string[];
  /**
   * Told of each callback as it is queued, and of those that become due as the clock is put forward. Without it,
   * callbacks wait until they are drained.
   */
  readonly onEffect?: (effect: Effect) => void;
}

/** A stateful stand-in of the provider. What it hands out is a copy: changing it changes nothing. */
export interface Sandbox {
  /** What is there from the start: a realm with its flow, and an administrator's token. */
  readonly world: World;
  /** Answers a request to any of the provider's hosts; the path decides which one is meant. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly backOffice: BackOffice;
  readonly callbacks: Callbacks;
  readonly clock: Clock;
  /** Everything the sandbox knows, personal data and tokens included. Passwords it does not keep. */
  readonly snapshot: () => State;
  /** The newest 1000 requests and responses, oldest first, without secrets and personal data. */
  readonly journal: () => readonly JournalEntry[];
}

/**
 * Creates a sandbox of the provider, in memory and of its own: two share nothing.
 *
 * @example
 * ```ts
 * const sandbox = createSandbox({ seed: 7 });
 * const response = await sandbox.fetch(new Request('https://provider.test/api/distributors/login', { method: 'POST' }));
 * ```
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { seed = 1, now = Date.now, allowedCallbackHosts = [], onEffect = () => {} } = options;
  const clock = createClock(now, () => {
    for (const { id } of dueCallbacks(machine.state(), clock.now()))
      onEffect({ kind: 'deliver-callback', callbackId: id });
  });
  const machine = startMachine(seed, clock.now, onEffect);
  const journal: JournalEntry[] = [];
  return {
    world: structuredClone(machine.world),
    fetch: async (request) => {
      const read = await readRequest(request);
      const response = answer(machine, read);
      journal.push(journalEntry(clock.now(), read, response));
      if (journal.length > longestJournal) journal.shift();
      return writeResponse(response);
    },
    backOffice: createBackOffice(machine),
    callbacks: createCallbacks(machine, allowedCallbackHosts),
    clock,
    snapshot: () => structuredClone(machine.state()),
    journal: () => structuredClone(journal),
  };
}

/** A bug of the sandbox is said aloud, and is the only thing that is answered with a 500. */
function answer(machine: Machine, request: ApiRequest): StepResponse {
  try {
    return machine.run({ kind: 'request', request });
  } catch (bug) {
    console.error('The sandbox has a bug, please report it.', bug);
    return faultResponse(request);
  }
}
