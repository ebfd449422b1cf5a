import { isSensitive, type Rule, type RuleContext, type SchemaNode } from './rule.ts';

/** URLs end up in logs, histories and proxies: nobody's data and no secret travels in a path or a query. */
export const noPersonalDataInUrl: Rule = () => ({
  Parameter(parameter: { name: string; in: string; schema?: SchemaNode }, { report, resolve }: RuleContext) {
    if (parameter.in !== 'path' && parameter.in !== 'query') return;
    if (isSensitive(resolve(parameter.schema).node))
      report({
        message: `Parameter ${parameter.name} puts a confidential value into the URL. Send it in the body.`,
      });
  },
});
