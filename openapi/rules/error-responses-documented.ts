import type { Rule, RuleContext } from './rule.ts';

interface Server {
  'x-name'?: string;
}

/** Every operation documents the error statuses that its server is known to send. The options list them by server. */
export const errorResponsesDocumented: Rule<{ servers: Record<string, string[]> }> = ({ servers }) => {
  let rootServers: Server[] = [];
  return {
    Root(root: { servers?: Server[] }, { resolve }: RuleContext) {
      rootServers = (root.servers ?? []).map((server) => resolve(server).node ?? {});
    },
    Paths: {
      Operation(operation: { servers?: Server[]; responses?: object }, { report, resolve }: RuleContext) {
        const [server] = operation.servers?.map((own) => resolve(own).node) ?? rootServers;
        const name = server?.['x-name'] ?? '';
        const statuses = servers[name];
        if (!statuses)
          return report({
            message: `The server "${name}" has no list of error statuses. Add one to redocly.yaml.`,
          });
        const missing = statuses.filter((status) => !(status in (operation.responses ?? {})));
        if (missing.length > 0)
          report({ message: `An operation of the server ${name} does not document ${missing.join(', ')}.` });
      },
    },
  };
};
