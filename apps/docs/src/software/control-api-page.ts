import { parse } from 'yaml';
import { code, codeBlock } from '../markdown/code.ts';
import type { Page } from '../markdown/page.ts';
import type { readFromRoot } from '../markdown/read-from-root.ts';
import { table } from '../markdown/table.ts';

/** The part of an OpenAPI description that the page shows. */
interface Description {
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, { readonly description?: string }>>>>;
}

interface Operation {
  readonly operationId?: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly (Parameter & Reference)[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
  readonly responses: Readonly<Record<string, { readonly description?: string } & Reference>>;
}

interface Reference {
  readonly $ref?: string;
}

interface Parameter {
  readonly name?: string;
  readonly in?: string;
  readonly description?: string;
}

/** The page of the sandbox's control API: every operation, with its parameters, an example and its responses. */
export async function createControlApiPage(read: typeof readFromRoot): Promise<Page> {
  // The sandbox validates its requests against the same file.
  const api = parse(await read('packages/mocks/control-api/openapi.yaml')) as Description;
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => operationId)
      .map(([method, operation]) => ({ line: `${method.toUpperCase()} ${path}`, operation })),
  );
  const sections = api.tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return [`## ${name}`, description, ...own.map((one) => describeOperation(api, one))].join('\n\n');
  });
  return {
    slug: 'control-api',
    title: 'Control API of the sandbox',
    description: `The ${operations.length} operations with which a person or a script controls a running sandbox.`,
    body: `
Every request needs \`Authorization: Bearer <control token>\`. The sandbox prints the token and the address when it starts.
[Server, commands, page](/sandbox/server/#control-api) has the rules of the port, and a sample in TypeScript.

An operation below **Sandboxes** concerns the server. Any other operation concerns the default sandbox. With the prefix
\`/s/{sandboxId}\` the operation concerns the sandbox of that id.

${sections.join('\n\n')}

## Downloads

- [control-api.yaml](/control-api.yaml): this API, OpenAPI 3.1.
`,
  };
}

function describeOperation(
  api: Description,
  { line, operation }: { line: string; operation: Operation },
): string {
  const parameters = (operation.parameters ?? []).map((given) => resolve<Parameter>(api, given));
  const responses = Object.entries(operation.responses).map(([status, given]) => [
    status,
    resolve<{ readonly description?: string }>(api, given).description ?? '',
  ]);
  const example = operation.requestBody?.content['application/json']?.example;
  return [
    `### ${operation.summary}`,
    `${code(line)} · ${code(operation.operationId ?? '')}`,
    ...(operation.description ? [operation.description.trim()] : []),
    ...(parameters.length > 0
      ? [
          table(
            ['parameter', 'in', 'meaning'],
            parameters.map(({ name = '', in: place = '', description = '' }) => [
              code(name),
              place,
              description,
            ]),
          ),
        ]
      : []),
    ...(example ? [codeBlock('json', JSON.stringify(example, null, 2))] : []),
    table(['status', 'meaning'], responses),
  ].join('\n\n');
}

function resolve<Part extends object>({ components }: Description, part: Part & Reference): Part {
  const [, , section = '', name = ''] = part.$ref?.split('/') ?? [];
  // The description is valid OpenAPI, so a reference leads to a part of the same kind.
  return part.$ref ? (components[section]?.[name] as Part) : part;
}
