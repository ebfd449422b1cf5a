import { type BackOfficeDecision, backOfficeDecisions } from '../core/back-office/moves.ts';
import type { DecisionDetails } from '../core/command.ts';

/** A decision as it came over the wire, or what is wrong with it. */
export type ReadDecision =
  | { readonly ok: true; readonly decision: BackOfficeDecision; readonly details: DecisionDetails }
  | { readonly ok: false; readonly problem: string };

const words = ['actionBy', 'reason', 'instructions'] as const;

/** Reads the JSON of a decision, strictly: a misspelt member is a mistake. */
export function readDecision(json: string): ReadDecision {
  const given = parse(json);
  if (!given) return { ok: false, problem: 'The body is not a JSON object.' };
  const unknown = Object.keys(given).find(
    (name) => name !== 'decision' && !words.some((word) => word === name),
  );
  if (unknown !== undefined)
    return { ok: false, problem: `Send decision, and if need be ${words.join(', ')}: nothing else.` };
  const decision = backOfficeDecisions.find((known) => known === given['decision']);
  if (!decision) return { ok: false, problem: `decision must be one of ${backOfficeDecisions.join(', ')}.` };
  const wrong = words.find((word) => given[word] !== undefined && typeof given[word] !== 'string');
  if (wrong) return { ok: false, problem: `${wrong} must be a string.` };
  const said = words.flatMap((word) => (typeof given[word] === 'string' ? [[word, given[word]]] : []));
  return { ok: true, decision, details: Object.fromEntries(said) };
}

function parse(json: string): { readonly [name: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
