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

/** An id in an example stands where an id belongs: in a value named `id`, or named like `realmId`. */
export const exampleIdNamed: Rule = () => ({
  Example({ value }, { report }) {
    for (const name of namesOfIds(value))
      report({ message: `An example has an id as ${name}. Use a value that ${name} can have.` });
  },
});

/** The names of the values that look like ids, without those that are named as ids. */
function* namesOfIds(value: unknown, name = ''): Generator<string> {
  if (typeof value === 'string' && /^[\da-f]{24}$/.test(value) && !/(^|[a-z])ids?$/i.test(name)) yield name;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value))
    yield* namesOfIds(child, Array.isArray(value) ? name : key);
}

function checkValue(value: unknown, { report }: RuleContext): void {
  for (const kind of realIdentifiers(value))
    report({ message: `An example contains a value that may be a real ${kind}. Use an obvious fake.` });
}
