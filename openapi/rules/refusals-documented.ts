import type { Rule, RuleContext } from './rule.ts';

interface Server {
  'x-name'?: string;
}

/** Every operation lists the refusals that its server is known to answer with. */
export const refusalsDocumented: Rule<{ servers: Record<string, string[]> }> = ({ servers: expected }) => {
  let rootServers: Server[] = [];
  return {
    Root(root: { servers?: Server[] }, { resolve }: RuleContext) {
      rootServers = (root.servers ?? []).map((server) => resolve(server).node ?? {});
    },
    Paths: {
      Operation(operation: { servers?: Server[]; responses?: object }, { report, resolve }: RuleContext) {
        const [server] = operation.servers?.map((own) => resolve(own).node) ?? rootServers;
        const name = server?.['x-name'] ?? '';
        const statuses = expected[name];
        if (!statuses)
          return report({
            message: `No refusals are listed for the server "${name}". List them in redocly.yaml.`,
          });
        const missing = statuses.filter((status) => !(status in (operation.responses ?? {})));
        if (missing.length > 0)
          report({ message: `An operation of the ${name} server does not document ${missing.join(', ')}.` });
      },
    },
  };
};
