import type { Rule, RuleContext } from './rule.ts';

const words = ['documented', 'observed', 'inferred'];

interface Marked {
  'x-evidence'?: string;
  'x-evidence-basis'?: string;
}

/** Every operation says where we know it from, and whatever says so gives the reason in a line. */
export const evidenceWithBasis: Rule = () => ({
  Operation(operation: Marked, context: RuleContext) {
    if (operation['x-evidence'] === undefined)
      context.report({
        message: `An operation does not say where we know it from. Give it x-evidence: ${words.join(', ')}.`,
      });
    check(operation, context);
  },
  Schema: check,
  Parameter: check,
  Header: check,
  // What stands beside a $ref belongs to the place, and is not part of the node that is visited.
  ref: check,
});

function check(node: Marked, { report }: RuleContext) {
  const evidence = node['x-evidence'];
  const basis = node['x-evidence-basis'];
  if (evidence !== undefined && !words.includes(evidence))
    report({ message: `x-evidence is "${evidence}". Use one of ${words.join(', ')}.` });
  if (evidence !== undefined && !basis?.trim())
    report({ message: 'x-evidence has no basis. Say in one line of x-evidence-basis where it comes from.' });
  if (evidence === undefined && basis !== undefined)
    report({ message: 'x-evidence-basis stands without x-evidence.' });
}
