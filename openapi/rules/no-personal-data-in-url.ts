import { isSensitive, type Rule, type RuleContext, type SchemaNode } from './rule.ts';

/** No path or query parameter contains personal data or a secret: logs, histories and proxies store URLs. */
export const noPersonalDataInUrl: Rule = () => ({
  Parameter(parameter: { name: string; in: string; schema?: SchemaNode }, { report, resolve }: RuleContext) {
    if (parameter.in !== 'path' && parameter.in !== 'query') return;
    if (isSensitive(resolve(parameter.schema).node))
      report({
        message: `Parameter ${parameter.name} puts a confidential value into the URL. Send the value in the body.`,
      });
  },
});
