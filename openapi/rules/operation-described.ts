import type { Rule, RuleContext } from './rule.ts';

/** Every operation and every callback has a summary, a description and a tag: the reference shows all three. */
export const operationDescribed: Rule = () => ({
  Operation(operation: { summary?: string; description?: string; tags?: string[] }, { report }: RuleContext) {
    const missing = [
      ...(operation.summary?.trim() ? [] : ['summary']),
      ...(operation.description?.trim() ? [] : ['description']),
      ...(operation.tags?.length ? [] : ['tags']),
    ];
    if (missing.length > 0) report({ message: `An operation has no ${missing.join(', no ')}.` });
  },
});
