import type { Rule, RuleContext, SchemaNode } from './rule.ts';

/** What the provider sends stays open to members we do not know: it adds some without notice. */
export const responseOpen: Rule = () => {
  const Schema = (schema: SchemaNode, { report }: RuleContext) => {
    if (schema.additionalProperties === false)
      report({
        message:
          'A schema of what the provider sends refuses unknown members. Take out additionalProperties: false.',
      });
  };
  return { Response: { Schema }, WebhooksMap: { RequestBody: { Schema } } };
};
