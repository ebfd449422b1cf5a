import { mkdir, writeFile } from 'node:fs/promises';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { methodComment, rawMethodComment } from './operation-comment.ts';

// `npm run build`: writes the comments that an editor shows for each method. The comments come from the contract.
const generated = new URL('../generated/', import.meta.url);

await mkdir(generated, { recursive: true });
await writeFile(
  new URL('operation-docs.ts', generated),
  `/* Generated from the contract by \`npm run build\`. */

/** The operations, with the comment of each method. */
export interface OperationDocs {
${await properties(methodComment)}
}

/** The operations, with the comment of each raw method. */
export interface RawOperationDocs {
${await properties(rawMethodComment)}
}
`,
);

async function properties(
  commentOf: (operationId: OperationId) => string | Promise<string>,
): Promise<string> {
  const all = (Object.keys(operations) as OperationId[]).map(async (operationId) =>
    property(operationId, await commentOf(operationId)),
  );
  return (await Promise.all(all)).join('\n');
}

function property(name: string, comment: string): string {
  const lines = comment.split('\n').map((line) => `   * ${line}`.trimEnd());
  return ['  /**', ...lines, '   */', `  readonly ${name}: unknown;`].join('\n');
}
