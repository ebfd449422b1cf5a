import { readFacts } from './facts.ts';
import { errorText, FactsTable, placeOf, statedBy } from './facts-table.ts';
import type { ContractNode, Rule, RuleContext } from './rule.ts';
import { subjectOf } from './subject.ts';

/**
 * What the contract states in keywords, in errors and in prose agrees with the table of facts. A part of the contract that
 * states a fact needs an entry in the table, and each entry needs its part.
 */
export const agreesWithFacts: Rule<{ facts: string }> = ({ facts }) => {
  const table = new FactsTable(readFacts(facts));
  const compareKeywords = (node: ContractNode, subject: string, context: RuleContext) => {
    for (const [kind, fact] of statedBy(node)) table.compare(kind, subject, fact, context);
  };
  const checkPart = (node: ContractNode, context: RuleContext) => {
    const subject = node.operationId ?? node.url ?? subjectOf(context.location);
    compareKeywords(node, subject, context);
    table.compareExamples(subject, node.examples ?? {}, context);
    for (const text of [node.summary, node.description])
      if (typeof text === 'string') table.compareProse(subject, text.replace(/\s+/g, ' '), context);
  };
  const checkServers = ({ servers }: ContractNode, context: RuleContext) => {
    if (!servers) return;
    const name = servers[0]?.['x-name'] ?? '';
    table.compare(
      'servers',
      name,
      servers.map(({ url }) => url),
      context,
    );
  };
  return {
    Root: {
      enter(root, context) {
        checkServers(root, context);
        compareKeywords(root, 'contract', context);
      },
      leave: (_, context) => table.reportUnused(context),
    },
    Info(info, context) {
      const { node } = context.resolve<unknown>(info.description);
      checkPart({ ...info, description: String(node ?? '') }, context);
    },
    Operation(operation, context) {
      checkServers(operation, context);
      checkPart(operation, context);
    },
    Callback(callback, context) {
      table.compare('expressions', String(context.key), Object.keys(callback).join(' '), context);
    },
    Server: checkPart,
    Tag: checkPart,
    Response: checkPart,
    Parameter: checkPart,
    Header(header, context) {
      checkPart(header, context);
      table.compare('places', subjectOf(context.location), placeOf(header), context);
    },
    SecurityScheme: checkPart,
    Schema: checkPart,
    Example(example, context) {
      checkPart(example, context);
      const subject = subjectOf(context.location);
      if (subject.startsWith('error.')) table.compare('errors', subject, errorText(example.value), context);
    },
    ref: checkPart,
  };
};
