import { readFile, writeFile } from 'node:fs/promises';
import ts from 'typescript';
import { type Contract, operationsOf, type Schema, schemaName, webhooksOf } from '../contract/contract.ts';
import { dependenciesFirst } from '../schemas/dependencies-first.ts';
import { transpileTypes } from './transpile-types.ts';

/** Writes `classification.js`: what kind of data each field of each body holds, and `redact`, which masks by it. */
export async function writeClassification(contract: Contract, dist: URL): Promise<void> {
  const operations = operationsOf(contract);
  const groups = {
    requests: operations.flatMap(({ operationId, request }) =>
      request ? [[operationId, classify(request.body.schema)] as const] : [],
    ),
    parameters: operations.flatMap(({ operationId, parameters }) =>
      parameters.length > 0
        ? [[operationId, members(parameters.map(({ name, schema }) => [name, schema]))] as const]
        : [],
    ),
    responses: operations.map(({ operationId, responses }) => {
      const bodies = [...responses].flatMap(([status, content]) =>
        content['application/json'] ? [`${status}: ${classify(content['application/json'].schema)}`] : [],
      );
      return [operationId, `{ ${bodies.join(', ')} }`] as const;
    }),
    webhooks: webhooksOf(contract).map(({ event, body }) => [event, classify(body.schema)] as const),
  };

  const constants = dependenciesFirst(contract.components.schemas).map(
    ([name, schema]) => `const ${name} = ${classify(schema)};`,
  );
  const exported = Object.entries(groups).map(
    ([group, entries]) =>
      `export const ${group} = {\n${entries.map(([key, value]) => `  ${key}: ${value},`).join('\n')}\n};`,
  );
  const redact = await readFile(new URL('../../runtime/redact.ts', import.meta.url), 'utf8');
  const { outputText: redactCode } = ts.transpileModule(redact, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  });
  await Promise.all([
    transpileTypes('redact', dist),
    writeFile(new URL('redact.js', dist), redactCode),
    writeFile(
      new URL('classification.js', dist),
      [`export { redact } from './redact.js';`, ...constants, ...exported, ''].join('\n'),
    ),
    writeFile(
      new URL('classification.d.ts', dist),
      `import type { OperationId } from './operations.d.ts';
import type { Classified } from './redact.d.ts';
export { redact } from './redact.js';
export type { Classified, ClassifiedArray, ClassifiedObject, DataClassification } from './redact.d.ts';

/** How each operation's request body is classified. */
export declare const requests: { readonly [Id in OperationId]?: Classified };
/** How each operation's path and query parameters are classified, by name. */
export declare const parameters: { readonly [Id in OperationId]?: Classified };
/** How each operation's response bodies are classified, by status. */
export declare const responses: { readonly [Id in OperationId]: { readonly [status: number]: Classified } };
/** How each event's callback is classified. */
export declare const webhooks: { readonly [Event in ${groups.webhooks.map(([event]) => `'${event}'`).join(' | ')}]: Classified };
`,
    ),
  ]);
}

/** The classification of a schema, as JavaScript; a reference is the name of a constant. */
function classify(schema: Schema): string {
  const name = schemaName(schema);
  if (name) return name;
  const classification = schema['x-data-classification'];
  if (classification) return JSON.stringify(classification);
  if (schema.items) return `{ items: ${classify(schema.items)} }`;
  return members(Object.entries(schema.properties ?? {}), schema.additionalProperties);
}

function members(properties: [string, Schema][], rest?: boolean | Schema): string {
  const named = properties.map(([name, schema]) => `${JSON.stringify(name)}: ${classify(schema)}`);
  return `{ properties: { ${named.join(', ')} }${typeof rest === 'object' ? `, rest: ${classify(rest)}` : ''} }`;
}
