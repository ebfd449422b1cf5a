import { assertFault, FaultError } from '../core/faults/assert-fault.ts';
import { requestFaultKinds } from '../core/faults/fault-kinds.ts';
import type { Fault, FaultSpec } from '../core/model/fault.ts';
import type { Transport } from '../core/model/transmission.ts';
import type { Machine } from './machine.ts';

/** Makes the sandbox fail on request. */
export interface Faults {
  /**
   * Adds a fault, and returns its id.
   *
   * @throws FaultError, which is an OptionError, for an invalid fault, or if none of the sandbox's transports can express
   *   it. The message then names the transports that can.
   * @example
   * ```ts
   * sandbox.faults.add({ operation: 'pushMerchant', kind: 'lost-response', times: 1 });
   * sandbox.faults.add({ operation: '*', kind: 'status', status: 503, rate: 0.1, ttl: '10m' });
   * sandbox.faults.add({ callback: 'accept', kind: 'duplicate', copies: 2 });
   * ```
   */
  readonly add: (fault: FaultSpec) => string;
  /** Returns every fault that was added, including ended faults, with the number of its strikes. */
  readonly list: () => readonly Fault[];
  /** Removes a fault. Returns whether there was a fault with this id. */
  readonly remove: (id: string) => boolean;
  readonly clear: () => void;
}

/** Creates the faults of a machine. `attached` returns the transports that lead to the machine. */
export function createFaults({ state, run }: Machine, attached: () => readonly Transport[]): Faults {
  return {
    add: (fault) => {
      assertFault(fault);
      assertTransport(fault, attached());
      const response = run({ kind: 'add-fault', fault: structuredClone(fault) });
      // The command `add-fault` responds with the id.
      const { id } = ('body' in response ? response.body : {}) as { readonly id: string };
      return id;
    },
    list: () => structuredClone(state().faults),
    // The command without an id removes every fault.
    remove: (faultId) => faultId !== undefined && run({ kind: 'remove-fault', faultId }).status === 200,
    clear: () => void run({ kind: 'remove-fault' }),
  };
}

function assertTransport(fault: FaultSpec, attached: readonly Transport[]): void {
  if (!('operation' in fault)) return;
  const able = requestFaultKinds[fault.kind].transports;
  if (attached.some((transport) => able.includes(transport))) return;
  throw new FaultError(
    `A fault of kind ${fault.kind} cannot be expressed over ${attached.join(' or ')}, only over ${able.join(' or ')}. ` +
      'Serve the sandbox over that transport first.',
  );
}
