import type { Rule, RuleContext } from './rule.ts';

/** Every body has an example for each media type. The docs, the sandbox and the tests use these examples. */
export const bodyHasExample: Rule = () => ({
  MediaType(body: { example?: unknown; examples?: object }, { key, report }: RuleContext) {
    const count = Object.keys(body.examples ?? {}).length + (body.example === undefined ? 0 : 1);
    if (count === 0) report({ message: `A body of type ${key} has no example. Add one.` });
  },
});
