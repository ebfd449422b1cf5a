import { isSensitive, type Rule, type RuleContext, type SchemaNode } from './rule.ts';

/** What is masked in a log is hidden in the published reference too: the two markings agree. */
export const sensitiveDataHidden: Rule = () => ({
  Schema(schema: SchemaNode, { report }: RuleContext) {
    const hidden = schema['x-sensitive-data'] !== undefined;
    if (isSensitive(schema) && !hidden)
      report({
        message: 'A confidential or restricted value has no x-sensitive-data. Say how it is hidden.',
      });
    if (hidden && !isSensitive(schema))
      report({
        message:
          'A value is hidden by x-sensitive-data, but classified as neither confidential nor restricted.',
      });
  },
});
