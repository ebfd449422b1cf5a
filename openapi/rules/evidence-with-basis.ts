import { type ContractNode, type Rule, type RuleContext, reportUnknown } from './rule.ts';

/** Every operation has evidence, and all evidence has a basis. */
export const evidenceWithBasis: Rule = () => ({
  Operation(operation, context) {
    if (operation['x-evidence'] === undefined)
      context.report({ message: 'An operation has no evidence. Add x-evidence.' });
    check(operation, context);
  },
  Schema: check,
  Parameter: check,
  Header: check,
  // Keywords beside a $ref are not part of the node that Redocly visits.
  ref: check,
});

function check(node: ContractNode, context: RuleContext) {
  const evidence = node['x-evidence'];
  const basis = node['x-evidence-basis'];
  if (evidence !== undefined) {
    reportUnknown('x-evidence', evidence, ['documented', 'observed', 'inferred'], context);
    if (!basis?.trim())
      context.report({ message: 'x-evidence has no basis. Give the source in a line of x-evidence-basis.' });
  } else if (basis !== undefined)
    context.report({ message: 'x-evidence-basis needs x-evidence beside it. Add x-evidence.' });
}
