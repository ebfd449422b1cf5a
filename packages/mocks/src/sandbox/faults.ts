import { checkFault, FaultError } from '../core/faults/check-fault.ts';
import { requestFaultKinds } from '../core/faults/fault-kinds.ts';
import type { Fault, FaultSpec } from '../core/model/fault.ts';
import type { Transport } from '../core/model/transport.ts';
import type { Machine } from './machine.ts';

/** What is to go wrong. */
export interface Faults {
  /**
   * Puts a fault in force, and gives its id.
   *
   * @throws FaultError for one that means nothing, or that none of the sandbox's transports can express: it then
   *   names those that can.
   * @example
   * ```ts
   * sandbox.faults.add({ operation: 'pushMerchant', kind: 'lost-response', times: 1 });
   * sandbox.faults.add({ operation: '*', kind: 'status', status: 503, rate: 0.1, ttl: '10m' });
   * sandbox.faults.add({ callback: 'accept', kind: 'duplicate', copies: 2 });
   * ```
   */
  readonly add: (fault: FaultSpec) => string;
  /** The faults that were added, those that are over included, with how often each struck. */
  readonly list: () => readonly Fault[];
  /** Takes a fault out of force; tells whether there was one with this id. */
  readonly remove: (id: string) => boolean;
  readonly clear: () => void;
}

/** The faults of a machine that can be reached over these transports. */
export function createFaults({ state, run }: Machine, reachedOver: () => readonly Transport[]): Faults {
  return {
    add: (fault) => {
      checkFault(fault);
      refuseTransports(fault, reachedOver());
      const response = run({ kind: 'add-fault', fault: structuredClone(fault) });
      const { id } = ('body' in response ? response.body : {}) as { readonly id: string };
      return id;
    },
    list: () => structuredClone(state().faults),
    remove: (faultId) => run({ kind: 'remove-fault', faultId }).status === 200,
    clear: () => {
      run({ kind: 'remove-fault' });
    },
  };
}

function refuseTransports(fault: FaultSpec, reachedOver: readonly Transport[]): void {
  if (!('operation' in fault)) return;
  const able = requestFaultKinds[fault.kind].transports;
  if (reachedOver.some((transport) => able.includes(transport))) return;
  throw new FaultError(
    `A fault of kind ${fault.kind} cannot be expressed over ${reachedOver.join(' or ')}, only over ${able.join(' or ')}. ` +
      'Serve the sandbox there first.',
  );
}
