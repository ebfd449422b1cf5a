import type { Rule, RuleContext } from './rule.ts';

/** An operationId is a known verb and a noun: it becomes a method of the client. Callbacks have none. */
export const operationIdVerbNoun: Rule<{ verbs: string[] }> = ({ verbs }) => {
  const verbNoun = new RegExp(`^(${verbs.join('|')})([A-Z][a-z0-9]*)+$`);
  return {
    Paths: {
      Operation(operation: { operationId?: string }, { report }: RuleContext) {
        const { operationId = '' } = operation;
        if (!verbNoun.test(operationId))
          report({
            message: `operationId "${operationId}" is not one of the verbs ${verbs.join(', ')} followed by a noun.`,
          });
      },
    },
    WebhooksMap: {
      Operation(operation: { operationId?: string }, { report }: RuleContext) {
        if (operation.operationId !== undefined)
          report({
            message:
              'A callback has an operationId. It is also referenced as a callback, where the id would stand twice.',
          });
      },
    },
  };
};
