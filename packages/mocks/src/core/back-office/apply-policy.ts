import { type BackOfficeDecision, backOfficeDecisions } from '../model/case-status.ts';
import type { DecisionPolicy, DecisionRule } from '../model/decision-policy.ts';
import { millisecondsIn } from '../model/duration.ts';
import type { Env } from '../model/env.ts';
import type { ScheduledDecision } from '../model/scheduled-decision.ts';
import type { Merchant } from '../model/state.ts';
import { fractionOf } from '../seed/fraction.ts';

type PolicyDecision = ScheduledDecision<BackOfficeDecision>;
type Verdict = Pick<PolicyDecision, 'decision'> & Partial<Pick<PolicyDecision, 'reason' | 'instructions'>>;

/** When and how a policy decides a case that has just been submitted, if it does. */
export function applyPolicy(
  policy: DecisionPolicy,
  merchant: Merchant,
  env: Env,
): PolicyDecision | undefined {
  const verdict = verdictOf(policy, merchant, env);
  if (!verdict || policy.kind === 'manual') return undefined;
  const dueAt = env.now + millisecondsIn(policy.after ?? 0);
  const { decision, reason = '', instructions = '' } = verdict;
  return { merchantId: merchant.id, decision, reason, instructions, dueAt, by: 'policy' };
}

function verdictOf(policy: DecisionPolicy, merchant: Merchant, env: Env): Verdict | undefined {
  switch (policy.kind) {
    case 'manual':
      return undefined;
    case 'auto-accept':
      return { decision: 'accept' };
    case 'auto-reject':
      return { decision: 'reject', ...(policy.reason !== undefined && { reason: policy.reason }) };
    case 'by-rule':
      return policy.rules.find((rule) => fits(rule, merchant));
    case 'random':
      return { decision: drawn(policy.weights, fractionOf(env, `decision ${merchant.id} ${env.now}`)) };
  }
}

function fits({ field, contains }: DecisionRule, { customer, flow }: Merchant): boolean {
  return `${field === 'flowId' ? flow.id : customer[field]}`.includes(contains);
}

/** The decision at a point between 0 and 1, where each takes as much room as its weight. */
function drawn(weights: { readonly [D in BackOfficeDecision]?: number }, point: number): BackOfficeDecision {
  const total = backOfficeDecisions.reduce((sum, decision) => sum + (weights[decision] ?? 0), 0);
  let reached = 0;
  for (const decision of backOfficeDecisions) {
    reached += weights[decision] ?? 0;
    if (point * total < reached) return decision;
  }
  return 'accept';
}
