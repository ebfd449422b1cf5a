import { readDecision } from '@partner-ecosystem/client';

export type NextStep = 'push' | 'wait for a decision' | 'act on the decision' | 'report';

/** Reads a status as the provider spells it, such as `pending`, `Accepted` or `drafted`. */
export function nextStep(status: string): NextStep {
  if (readDecision(status)) return 'act on the decision';
  if (/^pending$/i.test(status.trim())) return 'wait for a decision';
  if (/^(new|draft(ed)?)$/i.test(status.trim())) return 'push';
  return 'report'; // The contract does not know this status. Do not guess.
}
