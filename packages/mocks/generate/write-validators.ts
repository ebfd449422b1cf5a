import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';

/** The part of the control API's description that the build reads. */
export interface Description {
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  readonly components: {
    readonly schemas: { readonly [name: string]: object };
    readonly parameters: { readonly [name: string]: Parameter };
  };
}

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly { readonly $ref: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}

/** Compiles the schemas of all bodies and queries into `control-validators.js`. */
export async function writeValidators(description: Description, folder: URL): Promise<void> {
  const bodies: Schemas = {};
  const queries: Schemas = {};
  for (const operation of Object.values(description.paths).flatMap((item) => Object.values(item))) {
    const { operationId, requestBody } = operation;
    if (operationId === undefined) continue;
    if (requestBody) bodies[operationId] = requestBody.content['application/json'].schema;
    queries[operationId] = querySchema(description, operation);
  }
  // The core validates these four schemas, and its errors say more: Ajv lists the problems of every branch of a `oneOf`.
  const described = withObjects(description, ['Snapshot', 'Scenario', 'FaultSpec', 'Policy']);
  const modules = new Map([
    ['generated:bodies', compile(described, bodies, { useDefaults: true })],
    ['generated:queries', compile(described, queries, { useDefaults: true, coerceTypes: true })],
    [
      'generated:entry',
      "export * as bodies from 'generated:bodies'; export * as queries from 'generated:queries';",
    ],
  ]);
  await bundle(modules, new URL('control-validators.js', folder));
  const types = 'control-validators.d.ts';
  await copyFile(new URL(types, import.meta.url), new URL(types, folder));
}

/** Compiles the validators of snapshots and scenarios, which the core needs, into `scenario-validators.js`. */
export async function writeScenarioValidators(description: Description, folder: URL): Promise<void> {
  const { Snapshot = {}, Scenario = {} } = description.components.schemas;
  // The core checks faults and policies by rules of its own, whose errors say more.
  const described = withPreviousCases(withObjects(description, ['FaultSpec', 'Policy']));
  const modules = new Map([
    ['generated:validators', compile(described, { Snapshot, Scenario }, { inlineRefs: false })],
    ['generated:entry', "export * as validators from 'generated:validators';"],
  ]);
  await bundle(modules, new URL('scenario-validators.js', folder));
  const types = 'scenario-validators.d.ts';
  await copyFile(new URL(types, import.meta.url), new URL(types, folder));
}

/** `previous` has the schema of a case. The description leaves this out, because some tools expand every reference. */
function withPreviousCases(description: Description): Description {
  const { schemas, ...components } = description.components;
  const { properties, ...row } = schemas['MerchantRow'] as { readonly properties: object };
  const previous = { $ref: '#/components/schemas/MerchantRow' };
  const MerchantRow = { ...row, properties: { ...properties, previous } };
  return { ...description, components: { ...components, schemas: { ...schemas, MerchantRow } } };
}

/** Replaces schemas by a schema that accepts any object. The core checks these objects later. */
function withObjects(description: Description, names: readonly string[]): Description {
  const objects = Object.fromEntries(names.map((name) => [name, { type: 'object' }]));
  const { schemas, ...components } = description.components;
  return { ...description, components: { ...components, schemas: { ...schemas, ...objects } } };
}

type Schemas = Record<string, object>;

/** Describes a query as an object that allows only the described parameters. */
function querySchema({ components }: Description, { parameters = [] }: Operation): object {
  const inQuery = parameters
    .flatMap(({ $ref }) => components.parameters[$ref.slice($ref.lastIndexOf('/') + 1)] ?? [])
    .filter((parameter) => parameter.in === 'query');
  return {
    type: 'object',
    additionalProperties: false,
    required: inQuery.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])),
  };
}

/** Ajv's strict mode makes the build fail if a schema has an unknown keyword. */
function compile(
  { components }: Description,
  schemas: Schemas,
  options: { readonly coerceTypes?: boolean; readonly useDefaults?: boolean; readonly inlineRefs?: boolean },
): string {
  const ajv = new Ajv2020({
    ...options,
    strictTypes: false,
    strictRequired: false,
    validateFormats: false,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary(['components', 'described']);
  // All schemas are in one document, so that references to `#/components` resolve.
  ajv.addSchema({ components, described: schemas }, 'control');
  const exported = Object.keys(schemas).map((id) => [id, `control#/described/${id}`]);
  return standaloneCode.default(ajv, Object.fromEntries(exported));
}

/** The code that Ajv generates imports parts of Ajv. The bundle includes these parts. */
async function bundle(modules: ReadonlyMap<string, string>, file: URL): Promise<void> {
  const built = await rolldown({
    input: 'generated:entry',
    platform: 'neutral',
    resolve: { mainFields: ['main'] },
    plugins: [
      {
        name: 'generated',
        resolveId: (id) => (modules.has(id) ? id : null),
        load: (id) => modules.get(id) ?? null,
      },
    ],
  });
  await built.write({ file: fileURLToPath(file), minify: true });
}
