import type { BackOfficeDecision } from './core/back-office/moves.ts';
import type { DecisionDetails } from './core/command.ts';
import type { Machine } from './machine.ts';

/** Decides cases as an auditor would. Each throws a `BackOfficeError` for an unknown merchant or a wrong move. */
export interface BackOffice {
  /** Accepts a pending case, or one that was rejected. */
  readonly accept: (merchantId: string, details?: DecisionDetails) => void;
  /** Rejects a pending case, or one that was accepted. */
  readonly reject: (merchantId: string, details?: DecisionDetails) => void;
  /** Sends a pending case back to the merchant as a draft. */
  readonly askForMore: (merchantId: string, details?: DecisionDetails) => void;
}

/** The back office of a machine. */
export function createBackOffice({ run }: Machine): BackOffice {
  const deciding =
    (decision: BackOfficeDecision) =>
    (merchantId: string, details: DecisionDetails = {}): void => {
      run({ kind: 'decide', merchantId, decision, details });
    };
  return { accept: deciding('accept'), reject: deciding('reject'), askForMore: deciding('draft') };
}
