import type { Contract } from '../contract/contract.ts';
import { type NamedOperation, operationsOf } from '../contract/operations.ts';

/**
 * Marks each operation that a correction changed or added with `x-corrected`. Samples that people wrote for our contract may
 * not fit this operation.
 */
export function markCorrected(base: Contract, corrected: Contract): Contract {
  const known = new Map(
    operationsOf(base).map((operation) => [operation.operationId, textOf(base, operation)]),
  );
  return operationsOf(corrected)
    .filter((operation) => known.get(operation.operationId) !== textOf(corrected, operation))
    .reduce(withMark, corrected);
}

function withMark(contract: Contract, { path, method }: NamedOperation): Contract {
  const item = contract.paths[path] ?? {};
  const operation = item[method];
  if (!operation) return contract;
  const marked = { ...operation, 'x-corrected': true };
  return { ...contract, paths: { ...contract.paths, [path]: { ...item, [method]: marked } } };
}

/** An operation with all components that it refers to, as text. */
function textOf(contract: Contract, { path, method, server }: NamedOperation): string {
  const parts = new Map<string, string>();
  const collect = (text: string) => {
    for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)) {
      const key = `${kind}/${name}`;
      if (parts.has(key)) continue;
      const components: Readonly<Record<string, Readonly<Record<string, unknown>>>> = contract.components;
      const part = JSON.stringify(components[kind]?.[name]);
      parts.set(key, part);
      collect(part);
    }
  };
  const text = JSON.stringify([path, method, server.url, contract.paths[path]?.[method]]);
  collect(text);
  return JSON.stringify([text, [...parts].sort()]);
}
