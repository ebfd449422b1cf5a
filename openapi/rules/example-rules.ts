import { realIdentifiers } from './real-identifiers.ts';
import type { ContractNode, Rule, RuleContext } from './rule.ts';

/** Every body has an example for each media type. The docs, the sandbox and the tests use these examples. */
export const bodyHasExample: Rule = () => ({
  MediaType({ example, examples }, { key, report }) {
    if (Object.keys(examples ?? {}).length === 0 && example === undefined)
      report({ message: `A body of type ${key} has no example. Add one.` });
  },
});

/** No example contains a number or address that may belong to a real person or business. */
export const noRealIdentifierInExample: Rule = () => {
  const checkExample = ({ example }: ContractNode, context: RuleContext) => checkValue(example, context);
  return {
    Example: ({ value }, context) => checkValue(value, context),
    MediaType: checkExample,
    Parameter: checkExample,
    Header: checkExample,
    Schema: (schema, context) => checkValue([schema.example, schema.examples, schema.default], context),
  };
};

function checkValue(value: unknown, { report }: RuleContext): void {
  for (const kind of realIdentifiers(value))
    report({ message: `An example contains a value that may be a real ${kind}. Use an obvious fake.` });
}
