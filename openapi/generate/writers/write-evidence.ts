import { writeFile } from 'node:fs/promises';
import { type Contract, methods } from '../contract/contract.ts';

/** Writes `evidence.js`: where each operation and each event is known from. */
export async function writeEvidence({ paths, webhooks }: Contract, dist: URL): Promise<void> {
  const operations = Object.values(paths).flatMap((item) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation?.operationId ? [[operation.operationId, evidenceOf(operation)] as const] : [];
    }),
  );
  const events = Object.entries(webhooks).map(([event, { post }]) => [event, evidenceOf(post)] as const);
  await Promise.all([
    writeFile(
      new URL('evidence.js', dist),
      `export const operations = ${JSON.stringify(Object.fromEntries(operations), null, 2)};\n` +
        `export const webhooks = ${JSON.stringify(Object.fromEntries(events), null, 2)};\n`,
    ),
    writeFile(
      new URL('evidence.d.ts', dist),
      `import type { OperationId } from './operations.d.ts';

/** Where something is known from. */
export interface Evidence {
  readonly evidence: 'documented' | 'observed' | 'inferred';
  /** The reason, in a line. */
  readonly basis: string;
}

/** Where each operation is known from. */
export declare const operations: { readonly [Id in OperationId]: Evidence };
/** Where each event is known from. */
export declare const webhooks: { readonly [Event in ${events.map(([event]) => `'${event}'`).join(' | ')}]: Evidence };
`,
    ),
  ]);
}

function evidenceOf(described: { 'x-evidence': string; 'x-evidence-basis': string }): object {
  return { evidence: described['x-evidence'], basis: described['x-evidence-basis'] };
}
