import type { Transport } from '../core/model/transport.ts';
import { type Deliverer, keepDelivering } from './keep-delivering.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

/** A sandbox among others. */
export interface NamedSandbox {
  readonly id: string;
  readonly sandbox: Sandbox;
}

/** Sandboxes side by side that share nothing. Each posts its callbacks by itself. */
export interface Sandboxes {
  /**
   * Creates one.
   *
   * @param id - Chosen freely: 1 to 64 letters, digits, `-` and `_`. Without it, one is made up.
   * @throws SandboxesError if there is one with this id, if the id will not do, or if there are as many as there may be.
   */
  readonly create: (options?: SandboxOptions, id?: string) => NamedSandbox;
  readonly get: (id: string) => Sandbox | undefined;
  /** Oldest first. */
  readonly list: () => readonly NamedSandbox[];
  /**
   * Creates another one that knows the same.
   *
   * @throws SandboxesError if there is none with this id, or if there are as many as there may be.
   */
  readonly fork: (id: string, options?: Pick<SandboxOptions, 'seed'>) => NamedSandbox;
  /** Begins one anew; tells whether there was one with this id. */
  readonly reset: (id: string) => boolean;
  /** Forgets one; tells whether there was one with this id. */
  readonly delete: (id: string) => boolean;
  /** Forgets them all, and waits until nothing is posted any more. */
  readonly close: () => Promise<void>;
}

/** What sandboxes are kept with. */
export interface SandboxesOptions {
  /**
   * How many there may be.
   * @default 1000
   */
  readonly max?: number;
  /** What each is created with, where `create` does not say otherwise. */
  readonly defaults?: SandboxOptions;
  /** What leads to them, where that is not the caller's own code. */
  readonly transport?: Transport;
}

/** A sandbox cannot be created. */
export class SandboxesError extends Error {
  override readonly name = 'SandboxesError';
}

/** Keeps sandboxes side by side. */
export function createSandboxes({ max = 1000, defaults = {}, transport }: SandboxesOptions = {}): Sandboxes {
  const kept = new Map<string, { readonly sandbox: Sandbox; readonly deliverer: Deliverer }>();
  let count = 0;

  function keep(
    id: string | undefined,
    create: (onEffect: SandboxOptions['onEffect']) => Sandbox,
  ): NamedSandbox {
    const name = id ?? freeId();
    if (!/^[\w-]{1,64}$/.test(name)) throw new SandboxesError('An id has 1 to 64 letters, digits, - and _.');
    if (kept.has(name)) throw new SandboxesError(`There is a sandbox ${name} already.`);
    if (kept.size >= max)
      throw new SandboxesError(`There are ${max} sandboxes, and may be no more. Delete one.`);
    const sandbox = create((effect) => {
      if (effect.kind !== 'move') deliverer.wake();
    });
    if (transport) sandbox.attach(transport);
    const deliverer = keepDelivering(sandbox);
    kept.set(name, { sandbox, deliverer });
    deliverer.wake(); // A scenario, and a fork, may begin with something that is due.
    return { id: name, sandbox };
  }

  function freeId(): string {
    do count++;
    while (kept.has(`sandbox-${count}`));
    return `sandbox-${count}`;
  }

  return {
    create: (options = {}, id) =>
      keep(id, (onEffect) => {
        const told = options.onEffect;
        return createSandbox({
          ...defaults,
          ...options,
          onEffect: (effect) => {
            onEffect?.(effect);
            told?.(effect);
          },
        });
      }),
    get: (id) => kept.get(id)?.sandbox,
    list: () => [...kept].map(([id, { sandbox }]) => ({ id, sandbox })),
    fork: (id, options = {}) => {
      const original = kept.get(id)?.sandbox;
      if (!original) throw new SandboxesError(`There is no sandbox ${id}.`);
      return keep(undefined, (onEffect = () => {}) => original.fork({ ...options, onEffect }));
    },
    reset: (id) => {
      const sandbox = kept.get(id)?.sandbox;
      sandbox?.reset();
      return sandbox !== undefined;
    },
    delete: (id) => {
      void kept.get(id)?.deliverer.stop();
      return kept.delete(id);
    },
    close: async () => {
      const all = [...kept.values()];
      kept.clear();
      await Promise.all(all.map(({ deliverer }) => deliverer.stop()));
    },
  };
}
