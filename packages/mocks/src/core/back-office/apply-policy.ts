import { type BackOfficeDecision, backOfficeDecisions } from '../model/case-status.ts';
import type { DecisionPolicy, DecisionRule, ScheduledDecision } from '../model/decision-policy.ts';
import { timeAfter } from '../model/duration.ts';
import type { Env } from '../model/env.ts';
import type { Merchant } from '../model/state.ts';
import { fractionOf } from '../seed/derive.ts';

type PolicyDecision = ScheduledDecision<BackOfficeDecision>;
type Choice = Pick<PolicyDecision, 'decision'> & Partial<Pick<PolicyDecision, 'reason' | 'instructions'>>;

/**
 * Returns when and how the policy decides a case that was just submitted. Returns `undefined` if the policy
 * does not decide the case.
 */
export function applyPolicy(
  policy: DecisionPolicy,
  merchant: Merchant,
  env: Env,
): PolicyDecision | undefined {
  const choice = choose(policy, merchant, env);
  if (!choice || policy.kind === 'manual') return undefined;
  const dueAt = timeAfter(env.now, policy.after ?? 0);
  const { decision, reason = '', instructions = '' } = choice;
  return { merchantId: merchant.id, decision, reason, instructions, dueAt, by: 'policy' };
}

function choose(policy: DecisionPolicy, merchant: Merchant, env: Env): Choice | undefined {
  switch (policy.kind) {
    case 'manual':
      return undefined;
    case 'auto-accept':
      return { decision: 'accept' };
    case 'auto-reject':
      return { decision: 'reject', ...(policy.reason !== undefined && { reason: policy.reason }) };
    case 'by-rule':
      return policy.rules.find((rule) => matches(rule, merchant));
    case 'random':
      return {
        decision: weightedChoice(policy.weights, fractionOf(env, `decision ${merchant.id} ${env.now}`)),
      };
  }
}

function matches({ field, contains }: DecisionRule, { customer, flow }: Merchant): boolean {
  return `${field === 'flowId' ? flow.id : customer[field]}`.includes(contains);
}

/** Selects a decision by a point from 0 to just under 1; each decision occupies a range as large as its weight. */
function weightedChoice(
  weights: { readonly [D in BackOfficeDecision]?: number },
  point: number,
): BackOfficeDecision {
  const total = backOfficeDecisions.reduce((sum, decision) => sum + (weights[decision] ?? 0), 0);
  let reached = 0;
  for (const decision of backOfficeDecisions) {
    reached += weights[decision] ?? 0;
    if (point * total < reached) return decision;
  }
  return 'accept';
}
