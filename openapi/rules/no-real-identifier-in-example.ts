import { realIdentifiers } from './real-identifiers.ts';
import type { Rule, RuleContext } from './rule.ts';

interface WithExamples {
  value?: unknown;
  example?: unknown;
  examples?: unknown;
  default?: unknown;
}

/** No example contains a number or address that may belong to a real person or business. */
export const noRealIdentifierInExample: Rule = () => {
  const check = (value: unknown, { report }: RuleContext) => {
    for (const { kind } of realIdentifiers(value))
      report({ message: `An example contains a value that may be a real ${kind}. Use an obvious fake.` });
  };
  const checkExample = ({ example }: WithExamples, context: RuleContext) => check(example, context);
  return {
    Example: ({ value }: WithExamples, context: RuleContext) => check(value, context),
    MediaType: checkExample,
    Parameter: checkExample,
    Header: checkExample,
    Schema: (schema: WithExamples, context: RuleContext) =>
      check([schema.example, schema.examples, schema.default], context),
  };
};
