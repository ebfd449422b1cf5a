import { isObject } from '../json/json-value.ts';
import { assertDuration, assertOptions, assertWord, OptionError } from '../model/assert-options.ts';
import { backOfficeDecisions } from '../model/case-status.ts';
import type { DecisionPolicy, DecisionRule } from '../model/decision-policy.ts';

type Properties = { readonly [name: string]: unknown };

/** The properties of each kind of policy, besides `kind`. */
const properties: { readonly [Kind in DecisionPolicy['kind']]: readonly string[] } = {
  manual: [],
  'auto-accept': ['after'],
  'auto-reject': ['after', 'reason'],
  'by-rule': ['after', 'rules'],
  random: ['after', 'weights'],
};

const ruleFields: readonly DecisionRule['field'][] = ['name', 'email', 'mobile', 'signzyAppId', 'flowId'];

/**
 * Checks a policy at run time: it may come from an untyped test.
 *
 * @throws OptionError that names the wrong property.
 */
export function assertPolicy(policy: unknown): asserts policy is DecisionPolicy {
  if (!isObject(policy)) throw new OptionError('A policy must be an object with a kind.');
  const { kind, after, reason, rules, weights } = policy;
  assertWord('kind of policy', kind ?? 'none', Object.keys(properties));
  const known = properties[kind as DecisionPolicy['kind']];
  assertOptions(`A policy of the kind ${kind}`, policy, ['kind', ...known]);
  assertDuration('value for `after` of a policy', after);
  assertText('reason of a policy', reason);
  if (kind === 'by-rule') assertRules(rules);
  if (kind === 'random') assertWeights(weights);
}

function assertRules(rules: unknown): void {
  if (!Array.isArray(rules)) throw new OptionError('A policy of the kind by-rule requires the list `rules`.');
  for (const rule of rules) {
    const names = ['field', 'contains', 'decision', 'reason', 'instructions'];
    assertOptions('A rule of a policy', rule, names);
    const { field, contains, decision, reason, instructions }: Properties = rule;
    assertWord('field of a rule', field ?? 'none', ruleFields);
    assertWord('decision of a rule', decision ?? 'none', backOfficeDecisions);
    if (typeof contains !== 'string')
      throw new OptionError('A rule of a policy requires the text `contains`.');
    assertText('reason of a rule', reason);
    assertText('instructions of a rule', instructions);
  }
}

function assertWeights(weights: unknown): void {
  if (!isObject(weights)) throw new OptionError('A policy of the kind random requires the object `weights`.');
  assertOptions('The weights of a policy', weights, backOfficeDecisions);
  for (const [decision, weight] of Object.entries(weights))
    if (typeof weight !== 'number' || !(weight >= 0 && Number.isFinite(weight)))
      throw new OptionError(`The weight of ${decision} must be a number, 0 or more.`);
  const total = Object.values(weights).reduce((sum: number, weight) => sum + Number(weight), 0);
  if (!(total > 0 && Number.isFinite(total)))
    throw new OptionError(
      'The weights of a policy of the kind random must add up to a number above 0. Give accept, reject or draft a weight.',
    );
}

function assertText(subject: string, text: unknown): void {
  if (text !== undefined && typeof text !== 'string') throw new OptionError(`The ${subject} must be text.`);
}
