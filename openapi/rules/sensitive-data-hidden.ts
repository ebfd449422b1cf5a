import { isSensitive, type Rule, type RuleContext, type SchemaNode } from './rule.ts';

/** The published reference hides exactly the values that logs mask: `x-sensitive-data` agrees with the classification. */
export const sensitiveDataHidden: Rule = () => ({
  Schema(schema: SchemaNode, { report }: RuleContext) {
    const isHidden = schema['x-sensitive-data'] !== undefined;
    if (isSensitive(schema) && !isHidden)
      report({
        message: 'A confidential or restricted value has no x-sensitive-data. Add it to hide the value.',
      });
    if (isHidden && !isSensitive(schema))
      report({
        message:
          'x-sensitive-data hides a value that is neither confidential nor restricted. Classify the value.',
      });
  },
});
