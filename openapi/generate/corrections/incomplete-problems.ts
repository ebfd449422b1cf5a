import { type Contract, methods } from '../contract/contract.ts';
import { type Problem, pathOf } from './problem.ts';

/** Parts that lack what every reader of a contract needs. */
export function incompleteProblems({ paths, servers, webhooks }: Contract): Problem[] {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const at = (...below: string[]) => pathOf({ path, method }, ...below);
      const [server] = operation.servers ?? servers;
      return [
        ...(operation.operationId
          ? []
          : [{ path: at(), reason: 'The operation has no operationId. Add an operationId.' }]),
        ...(operation.responses ? [] : [{ path: at(), reason: 'The operation has no responses. Add them.' }]),
        ...(server?.['x-name']
          ? []
          : [{ path: at('servers', '0'), reason: 'The server has no x-name. Add an x-name.' }]),
      ];
    }),
  );
  const events = Object.entries(webhooks)
    .filter(([, { post }]) => !post?.requestBody?.content?.['application/json'])
    .map(([event]) => ({ path: ['webhooks', event], reason: 'The event has no JSON body. Add a body.' }));
  return [...operations, ...events];
}
