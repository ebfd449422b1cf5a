import { assertOptions, assertWord, OptionError } from '../core/model/assert-options.ts';
import type { Effect } from '../core/model/command.ts';
import { type Transport, transports } from '../core/model/transmission.ts';
import { createSandbox } from './create-sandbox.ts';
import { type Deliverer, keepDelivering } from './keep-delivering.ts';
import type { Sandbox } from './sandbox.ts';
import type { SandboxOptions } from './sandbox-options.ts';

export interface NamedSandbox {
  readonly id: string;
  readonly sandbox: Sandbox;
}

/**
 * Several sandboxes that share nothing. Each sandbox posts its callbacks and makes its scheduled decisions by itself.
 */
export interface Sandboxes {
  /**
   * Creates a sandbox.
   *
   * @param id - 1 to 64 letters, digits, `-` and `_`. Without an `id`, the sandbox gets a generated id.
   * @throws SandboxesError if the id is in use or invalid, or if the maximum number of sandboxes is reached.
   */
  readonly create: (options?: SandboxOptions, id?: string) => NamedSandbox;
  readonly get: (id: string) => Sandbox | undefined;
  /** Returns the sandboxes, oldest first. */
  readonly list: () => readonly NamedSandbox[];
  /**
   * Creates a sandbox with the same state and time as another sandbox.
   *
   * @throws SandboxesError if there is no sandbox with this id, or if the maximum number of sandboxes is reached.
   */
  readonly fork: (id: string, options?: Pick<SandboxOptions, 'seed'>) => NamedSandbox;
  /** Resets a sandbox. Returns whether there was a sandbox with this id. */
  readonly reset: (id: string) => boolean;
  /** Deletes a sandbox. Returns whether there was a sandbox with this id. */
  readonly delete: (id: string) => boolean;
  /** Deletes every sandbox. Resolves when no callback is being posted. */
  readonly close: () => Promise<void>;
}

export interface SandboxesOptions {
  /**
   * Maximum number of sandboxes.
   * @default 1000
   */
  readonly max?: number;
  /**
   * Options of every sandbox, unless `create` overrides them. The first sandbox takes their seed. Each further sandbox
   * derives a seed of its own from that seed and its id, such as `7/sandbox-2`.
   */
  readonly defaults?: SandboxOptions;
  /** The transport that leads to the sandboxes, if they are served. */
  readonly transport?: Transport;
}

/** A sandbox cannot be created or forked. */
export class SandboxesError extends Error {
  override readonly name = 'SandboxesError';
}

type OnEffect = (effect: Effect) => void;

interface Hosted {
  readonly sandbox: Sandbox;
  readonly deliverer: Deliverer;
}

/** Creates an empty collection of sandboxes. */
export function createSandboxes(options: SandboxesOptions = {}): Sandboxes {
  assertOptions('createSandboxes', options, ['max', 'defaults', 'transport']);
  const { max = 1000, defaults = {}, transport } = options;
  assertWord('transport', transport, transports);
  assertMax(max);
  const hosted = new Map<string, Hosted>();
  const defaultSeed = defaults.seed ?? defaults.scenario?.seed;
  let count = 0;
  let hasFirst = false;

  /** With one seed for all, a token of one sandbox would be valid in every other. */
  function seedOf(id: string): Pick<SandboxOptions, 'seed'> {
    return hasFirst && defaultSeed !== undefined ? { seed: `${defaultSeed}/${id}` } : {};
  }

  function freeId(): string {
    do count++;
    while (hosted.has(`sandbox-${count}`));
    return `sandbox-${count}`;
  }

  function add(id: string, create: (onEffect: OnEffect) => Sandbox): NamedSandbox {
    assertCanAdd(id, hosted, max);
    const sandbox = create((effect) => {
      if (effect.kind !== 'move') deliverer.wake();
    });
    if (transport) sandbox.attach(transport);
    const deliverer = keepDelivering(sandbox);
    hosted.set(id, { sandbox, deliverer });
    hasFirst = true;
    deliverer.wake(); // A scenario and a fork can begin with due tasks.
    return { id, sandbox };
  }

  return {
    create: (options, id = freeId()) =>
      add(id, (wake) => createListening({ ...defaults, ...seedOf(id), ...options }, wake)),
    get: (id) => hosted.get(id)?.sandbox,
    list: () => [...hosted].map(([id, { sandbox }]) => ({ id, sandbox })),
    fork: (id, options) => {
      const original = hosted.get(id)?.sandbox;
      if (!original) throw new SandboxesError(`There is no sandbox ${id}.`);
      return add(freeId(), (onEffect) => original.fork({ ...options, onEffect }));
    },
    reset: (id) => {
      const sandbox = hosted.get(id)?.sandbox;
      sandbox?.reset();
      return sandbox !== undefined;
    },
    delete: (id) => {
      void hosted.get(id)?.deliverer.stop();
      return hosted.delete(id);
    },
    close: async () => {
      const deliverers = [...hosted.values()].map(({ deliverer }) => deliverer);
      hosted.clear();
      await Promise.all(deliverers.map((deliverer) => deliverer.stop()));
    },
  };
}

/** Creates a sandbox with a listener before the listener of its options. */
function createListening(options: SandboxOptions, listener: OnEffect): Sandbox {
  const onEffect: OnEffect = (effect) => {
    listener(effect);
    options.onEffect?.(effect);
  };
  return createSandbox({ ...options, onEffect });
}

function assertMax(max: number): void {
  if (!Number.isInteger(max) || max < 1)
    throw new OptionError('The maximum number of sandboxes must be a whole number, 1 or more.');
}

function assertCanAdd(id: string, hosted: ReadonlyMap<string, Hosted>, max: number): void {
  if (!/^[\w-]{1,64}$/.test(id))
    throw new SandboxesError('The id of a sandbox must have 1 to 64 letters, digits, - and _.');
  if (hosted.has(id)) throw new SandboxesError(`There is already a sandbox ${id}. Give another id.`);
  if (hosted.size >= max)
    throw new SandboxesError(`The maximum of ${max} sandboxes is reached. Delete a sandbox first.`);
}
