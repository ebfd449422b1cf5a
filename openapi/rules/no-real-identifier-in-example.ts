import { realIdentifiers } from './real-identifiers.ts';
import type { Rule, RuleContext } from './rule.ts';

/** No example holds what could be somebody's number or address, bar the fakes that are listed with a reason. */
export const noRealIdentifierInExample: Rule<{ allow?: string[] }> = ({ allow = [] }) => {
  const check = (value: unknown, { report }: RuleContext) => {
    for (const { kind, text } of realIdentifiers(value))
      if (!allow.includes(text))
        report({
          message: `An example holds what looks like a real ${kind}. Put an obvious fake in its place.`,
        });
  };
  return {
    Example: (example: { value?: unknown }, context: RuleContext) => check(example.value, context),
    MediaType: (body: { example?: unknown }, context: RuleContext) => check(body.example, context),
    Parameter: (parameter: { example?: unknown }, context: RuleContext) => check(parameter.example, context),
    Header: (header: { example?: unknown }, context: RuleContext) => check(header.example, context),
    Schema: (schema: { example?: unknown; examples?: unknown; default?: unknown }, context: RuleContext) =>
      check([schema.example, schema.examples, schema.default], context),
  };
};
