import type { Rule, RuleContext } from './rule.ts';

/** Every operation and callback has a summary, a description and a tag. The reference shows all three. */
export const operationDescribed: Rule = () => ({
  Operation(operation: { summary?: string; description?: string; tags?: string[] }, { report }: RuleContext) {
    const { summary, description, tags = [] } = operation;
    const missing = [
      ...(summary?.trim() ? [] : ['summary']),
      ...(description?.trim() ? [] : ['description']),
      ...(tags.length > 0 ? [] : ['tags']),
    ];
    if (missing.length > 0) report({ message: `An operation lacks ${missing.join(', ')}.` });
  },
});
