import type { BackOfficeDecision } from '../core/model/case-status.ts';
import type { DecisionDetails } from '../core/model/command.ts';
import type { DecisionPolicy } from '../core/model/decision-policy.ts';
import type { Merchant } from '../core/model/state.ts';
import { find, rows } from '../core/model/table.ts';
import type { Machine } from './machine.ts';

/** Decides cases as an auditor would. Each throws a `BackOfficeError` for an unknown merchant or a wrong move. */
export interface BackOffice {
  /** Accepts a pending case, or one that was rejected. */
  readonly accept: (merchantId: string, details?: DecisionDetails) => void;
  /** Rejects a pending case, or one that was accepted. */
  readonly reject: (merchantId: string, details?: DecisionDetails) => void;
  /** Sends a pending case back to the merchant as a draft. */
  readonly askForMore: (merchantId: string, details?: DecisionDetails) => void;
  /** Turns a decision around: rejects an accepted case, accepts a rejected one. */
  readonly reverse: (merchantId: string, details?: DecisionDetails) => void;
  /** Every case, oldest first. */
  readonly cases: () => readonly Merchant[];
  /** One case, if there is one with this id. */
  readonly find: (merchantId: string) => Merchant | undefined;
  /** Who decides cases that become pending from now on. */
  readonly policy: () => DecisionPolicy;
  /** Has them decided so. */
  readonly setPolicy: (policy: DecisionPolicy) => void;
}

/** The back office of a machine. */
export function createBackOffice({ run, state }: Machine): BackOffice {
  const deciding =
    (decision: BackOfficeDecision | 'reverse') =>
    (merchantId: string, details: DecisionDetails = {}): void => {
      run({ kind: 'decide', merchantId, decision, details });
    };
  return {
    accept: deciding('accept'),
    reject: deciding('reject'),
    askForMore: deciding('draft'),
    reverse: deciding('reverse'),
    cases: () => structuredClone(rows(state().merchants)),
    find: (merchantId) => structuredClone(find(state().merchants, merchantId)),
    policy: () => structuredClone(state().policy),
    setPolicy: (policy) => {
      run({ kind: 'set-policy', policy: structuredClone(policy) });
    },
  };
}
