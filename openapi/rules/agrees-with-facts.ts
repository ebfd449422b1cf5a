import { readFacts } from './facts.ts';
import { FactsTable, statedBy } from './facts-table.ts';
import type { ContractNode, Rule, RuleContext } from './rule.ts';
import { subjectOf } from './subject.ts';

/**
 * Hosts, expressions, limits, words, evidence and prose agree with the table of facts. A part of the contract that states a
 * fact needs an entry in the table, and each entry needs its part.
 */
export const agreesWithFacts: Rule<{ facts: string }> = ({ facts }) => {
  const table = new FactsTable(readFacts(facts));
  const checkPart = (node: ContractNode, context: RuleContext) => {
    const subject = node.operationId ?? node.url ?? subjectOf(context.location);
    for (const [kind, fact] of statedBy(node)) table.compare(kind, subject, fact, context);
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
      enter: checkServers,
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
    Header: checkPart,
    SecurityScheme: checkPart,
    Schema: checkPart,
    Example: checkPart,
    ref: checkPart,
  };
};
