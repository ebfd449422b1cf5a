import type { ContractNode, Rule } from './rule.ts';

/** Every operation and callback has a summary, a description and a tag. The reference shows all three. */
export const operationDescribed: Rule = () => ({
  Operation({ summary, description, tags = [] }, { report }) {
    const parts = { summary: summary?.trim(), description: description?.trim(), tags: tags.length };
    const missing = Object.entries(parts).flatMap(([name, part]) => (part ? [] : [name]));
    if (missing.length > 0)
      report({ message: `An operation lacks ${missing.join(', ')}. Add what is missing.` });
  },
});

/** An operationId is a known verb and a noun, because it becomes a method of the client. A callback has no operationId. */
export const operationIdVerbNoun: Rule<{ verbs: string[] }> = ({ verbs }) => {
  const verbNoun = new RegExp(`^(${verbs.join('|')})([A-Z][a-z0-9]*)+$`);
  return {
    Paths: {
      Operation({ operationId = '' }, { report }) {
        if (!verbNoun.test(operationId))
          report({
            message: `operationId "${operationId}" should be one of the verbs ${verbs.join(', ')} and a noun.`,
          });
      },
    },
    WebhooksMap: {
      Operation({ operationId }, { report }) {
        if (operationId !== undefined)
          report({
            message: `Remove operationId "${operationId}": a reference to this callback would repeat the id.`,
          });
      },
    },
  };
};

/** Every operation documents the error statuses that its server is known to send. The options list them by server. */
export const errorResponsesDocumented: Rule<{ servers: Record<string, string[]> }> = ({ servers }) => {
  let rootServers: ContractNode[] = [];
  return {
    Root(root, { resolve }) {
      rootServers = (root.servers ?? []).map((server) => resolve(server).node ?? {});
    },
    Paths: {
      Operation(operation, { report, resolve }) {
        const [server] = operation.servers?.map((own) => resolve(own).node) ?? rootServers;
        const name = server?.['x-name'] ?? '';
        const statuses = servers[name];
        if (!statuses)
          return report({
            message: `The server "${name}" has no list of error statuses. Add the list to redocly.yaml.`,
          });
        const responses = Object.entries<ContractNode>({ ...operation.responses });
        // A correction may have replaced a status.
        const listed = responses.flatMap(([status, response]) => [
          status,
          response['x-replaces'] ?? resolve(response).node?.['x-replaces'],
        ]);
        const missing = statuses.filter((status) => !listed.includes(status));
        if (missing.length > 0)
          report({
            message: `An operation of the server ${name} does not document ${missing.join(', ')}. Add these responses.`,
          });
      },
    },
  };
};
