import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';
import type { Description, Operation } from './description.ts';

/** Writes `control-validators.js`: what holds each operation's body and query to the description, compiled. */
export async function writeValidators(description: Description, folder: URL): Promise<void> {
  const operations = Object.values(description.paths).flatMap((item) =>
    Object.values(item).filter(({ operationId }) => operationId !== undefined),
  );
  const bodies = operations.flatMap(({ operationId = '', requestBody }) =>
    requestBody ? [[operationId, requestBody.content['application/json'].schema] as const] : [],
  );
  const queries = operations.map(
    (operation) => [operation.operationId ?? '', querySchema(description, operation)] as const,
  );
  const source = [
    compile(description, 'bodies', bodies, { coerceTypes: false }),
    compile(description, 'queries', queries, { coerceTypes: true }),
  ];
  await bundle(source, new URL('control-validators.js', folder));
  await writeFile(new URL('control-validators.d.ts', folder), typesOf(bodies, queries));
}

type Schemas = readonly (readonly [operationId: string, schema: object])[];

interface Module {
  readonly name: string;
  readonly code: string;
}

/** A query as an object of its own, in which a name that is not described is a mistake. */
function querySchema({ components }: Description, { parameters = [] }: Operation): object {
  const found = parameters
    .flatMap(({ $ref }) => components.parameters[$ref.slice($ref.lastIndexOf('/') + 1)] ?? [])
    .filter((parameter) => parameter.in === 'query');
  return {
    type: 'object',
    additionalProperties: false,
    required: found.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(found.map(({ name, schema }) => [name, schema])),
  };
}

/** Strict: a keyword that is not known fails the build. */
function compile(
  { components }: Description,
  name: string,
  schemas: Schemas,
  options: { readonly coerceTypes: boolean },
): Module {
  const ajv = new Ajv2020({
    ...options,
    useDefaults: true,
    strictTypes: false,
    strictRequired: false,
    validateFormats: false,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary(['components', 'described']);
  // One schema around all, so that each finds the components where its references say.
  ajv.addSchema({ components, described: Object.fromEntries(schemas) }, 'control');
  const exported = Object.fromEntries(schemas.map(([id]) => [id, `control#/described/${id}`]));
  return { name, code: standaloneCode.default(ajv, exported) };
}

/** Ajv's code still requires parts of Ajv; the bundle has them inside. */
async function bundle(modules: readonly Module[], file: URL): Promise<void> {
  const sources = new Map(modules.map(({ name, code }) => [`generated:${name}`, code]));
  const entry = modules.map(({ name }) => `export * as ${name} from 'generated:${name}';`).join('\n');
  sources.set('generated:entry', entry);
  const built = await rolldown({
    input: 'generated:entry',
    platform: 'neutral',
    resolve: { mainFields: ['main'] },
    plugins: [
      {
        name: 'generated',
        resolveId: (id) => (sources.has(id) ? id : null),
        load: (id) => sources.get(id) ?? null,
      },
    ],
  });
  await built.write({ file: fileURLToPath(file) });
}

function typesOf(bodies: Schemas, queries: Schemas): string {
  const member = (type: (id: string) => string) => (schemas: Schemas) =>
    schemas.map(([id]) => `  readonly ${id}: Check<${type(id)}>;`).join('\n');
  const body = member(
    (id) => `NonNullable<operations['${id}']['requestBody']>['content']['application/json']`,
  );
  const query = member((id) => `NonNullable<operations['${id}']['parameters']['query']>`);
  return `import type { operations } from './control-schema.d.ts';

/** Says whether a value is what is described, and leaves what is wrong on itself. */
export interface Check<Value> {
  (value: unknown): value is Value;
  readonly errors?: readonly CheckError[] | null;
}

export interface CheckError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: { readonly [name: string]: unknown };
}

export declare const bodies: {
${body(bodies)}
};

export declare const queries: {
${query(queries)}
};
`;
}
