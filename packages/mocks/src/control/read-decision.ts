import { type BackOfficeDecision, backOfficeDecisions } from '../core/back-office/moves.ts';
import type { DecisionDetails } from '../core/command.ts';
import { type Read, readMembers } from './read-members.ts';

/** A decision as it came over the wire. */
export interface GivenDecision {
  readonly decision: BackOfficeDecision;
  readonly details: DecisionDetails;
}

const words = ['actionBy', 'reason', 'instructions'] as const;

/** Reads the JSON of a decision. */
export function readDecision(json: string): Read<GivenDecision> {
  const read = readMembers(json, ['decision', ...words]);
  if (!read.ok) return read;
  const given = read.value;
  const decision = backOfficeDecisions.find((known) => known === given['decision']);
  if (!decision) return { ok: false, problem: `decision must be one of ${backOfficeDecisions.join(', ')}.` };
  const wrong = words.find((word) => given[word] !== undefined && typeof given[word] !== 'string');
  if (wrong) return { ok: false, problem: `${wrong} must be a string.` };
  const said = words.flatMap((word) => (typeof given[word] === 'string' ? [[word, given[word]]] : []));
  return { ok: true, value: { decision, details: Object.fromEntries(said) } };
}
