import type { Rule, RuleContext } from './rule.ts';

/** An operationId is a known verb and a noun, because it becomes a method of the client. Callbacks have none. */
export const operationIdVerbNoun: Rule<{ verbs: string[] }> = ({ verbs }) => {
  const verbNoun = new RegExp(`^(${verbs.join('|')})([A-Z][a-z0-9]*)+$`);
  return {
    Paths: {
      Operation({ operationId = '' }: { operationId?: string }, { report }: RuleContext) {
        if (!verbNoun.test(operationId))
          report({
            message: `operationId "${operationId}" should be one of the verbs ${verbs.join(', ')} and a noun.`,
          });
      },
    },
    WebhooksMap: {
      Operation({ operationId }: { operationId?: string }, { report }: RuleContext) {
        if (operationId !== undefined)
          report({
            message: `Remove operationId "${operationId}": a reference to this callback would repeat the id.`,
          });
      },
    },
  };
};
