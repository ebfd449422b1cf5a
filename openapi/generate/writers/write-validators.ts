import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';
import {
  type Contract,
  operationsOf,
  type Parameter,
  type Schema,
  webhooksOf,
} from '../contract/contract.ts';
import { typeOfSchema } from '../schemas/type-of-schema.ts';
import { closeSchema, essentialSchema } from '../schemas/vary-schema.ts';
import { transpileTypes } from './transpile-types.ts';

const runtime = fileURLToPath(new URL('../../runtime/validator.ts', import.meta.url));

/** One module to generate: the validators it exports, by name, each with its schema and TypeScript type. */
interface ValidatorModule {
  path: string;
  exports: { name: string; schema: Schema; type: string }[];
}

/**
 * Writes `validators/`: a module for each request body, for the parameters and the responses of each operation, and
 * for each webhook, and an index of them all. They are compiled here, so nothing is compiled or evaluated at run time.
 */
export async function writeValidators(contract: Contract, dist: URL): Promise<void> {
  const modules = listModules(contract);
  const folder = new URL('validators/', dist);
  await Promise.all([
    writeCode(contract, modules, folder),
    writeTypes(modules, folder),
    transpileTypes('validator', folder),
  ]);
}

function listModules(contract: Contract): ValidatorModule[] {
  const operations = operationsOf(contract);
  const bodies = operations.flatMap(({ operationId, request }) =>
    request ? [module(`requests/${operationId}`, { validate: request.body.schema })] : [],
  );
  const parameters = operations.flatMap(({ operationId, parameters }) =>
    parameters.length > 0 ? [parametersModule(operationId, parameters)] : [],
  );
  const responses = operations.map(({ operationId, responses }) =>
    module(
      `responses/${operationId}`,
      Object.fromEntries(
        [...responses].flatMap(([status, content]) =>
          content['application/json'] ? [[`validate${status}`, content['application/json'].schema]] : [],
        ),
      ),
    ),
  );
  const webhooks = webhooksOf(contract).map(({ event, body: { schema } }) => ({
    path: `webhooks/${event}`,
    exports: [
      { name: 'validate', schema, type: typeOfSchema(schema) },
      { name: 'validateEssential', schema: essentialSchema(contract, schema), type: typeOfSchema(schema) },
      { name: 'validateKnown', schema: closeSchema(contract, schema), type: typeOfSchema(schema) },
    ],
  }));
  return [...bodies, ...parameters, ...responses, ...webhooks];
}

function module(path: string, schemas: Record<string, Schema>): ValidatorModule {
  const exports = Object.entries(schemas).map(([name, schema]) => ({
    name,
    schema,
    type: typeOfSchema(schema),
  }));
  return { path, exports };
}

/** Parameters arrive as text; this schema's validator turns them into the type the contract gives them. */
function parametersModule(operationId: string, parameters: Parameter[]): ValidatorModule {
  const schema: Schema = {
    type: 'object',
    properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
  const members = parameters.map(({ name, in: place, required }) => {
    const optional = required ? '' : '?';
    const lookup = `operations['${operationId}']['parameters']['${place}']`;
    return `${name}${optional}: NonNullable<${required ? lookup : `NonNullable<${lookup}>`}['${name}']>`;
  });
  return {
    path: `parameters/${operationId}`,
    exports: [{ name: 'validate', schema, type: `{ ${members.join('; ')} }` }],
  };
}

async function writeCode(contract: Contract, modules: ValidatorModule[], folder: URL): Promise<void> {
  const compileBody = schemaCompiler(contract, { coerceTypes: false });
  const compileParameters = schemaCompiler(contract, { coerceTypes: true });
  const sources = new Map<string, string>();
  for (const { path, exports } of modules) {
    const lines = exports.map(({ name, schema }, at) => {
      // Equal schemas compile to one module, which all that use them then share.
      const compiled = `schema:${path.startsWith('parameters/') ? `parameters ${path}` : JSON.stringify(schema)}`;
      const compile = path.startsWith('parameters/') ? compileParameters : compileBody;
      if (!sources.has(compiled)) sources.set(compiled, compile(schema));
      return `import compiled${at} from ${JSON.stringify(compiled)};\nexport const ${name} = createValidator(compiled${at});`;
    });
    sources.set(
      `entry:${path}`,
      `import { createValidator } from ${JSON.stringify(runtime)};\n${lines.join('\n')}`,
    );
  }
  sources.set(
    'entry:index',
    indexSource(modules, (path) => `entry:${path}`, ''),
  );

  const bundle = await rolldown({
    input: Object.fromEntries(
      ['index', ...modules.map(({ path }) => path)].map((path) => [path, `entry:${path}`]),
    ),
    platform: 'neutral',
    resolve: { mainFields: ['main'] },
    plugins: [
      {
        name: 'generated-modules',
        resolveId: (id) => (sources.has(id) ? id : null),
        load: (id) => sources.get(id) ?? null,
      },
    ],
  });
  await bundle.write({ dir: fileURLToPath(folder), chunkFileNames: 'shared/[name].js' });
}

/**
 * Compiles schemas of the contract to module source. Strict: a keyword that is not known fails the build,
 * because a validator that skips what it does not know lets everything pass.
 */
function schemaCompiler(contract: Contract, options: { coerceTypes: boolean }): (schema: Schema) => string {
  const ajv = new Ajv2020({
    ...options,
    allErrors: true,
    strictTypes: false,
    // A format says what a value is for; what the provider sends need not hold to it.
    validateFormats: false,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary([
    'x-data-classification',
    'x-evidence',
    'x-evidence-basis',
    'x-extensible-enum',
    'x-sensitive-data',
  ]);
  for (const [name, schema] of Object.entries(contract.components.schemas))
    ajv.addSchema(schema, `#/components/schemas/${name}`);
  return (schema) => standaloneCode.default(ajv, ajv.compile(structuredClone(schema)));
}

async function writeTypes(modules: ValidatorModule[], folder: URL): Promise<void> {
  for (const kind of ['requests', 'parameters', 'responses', 'webhooks'])
    await mkdir(new URL(kind, folder), { recursive: true });
  await Promise.all(
    modules.map(({ path, exports }) =>
      writeFile(
        new URL(`${path}.d.ts`, folder),
        [
          `import type { components, operations } from '../../schema.d.ts';`,
          `import type { Validator } from '../validator.d.ts';`,
          ...exports.map(({ name, type }) => `export declare const ${name}: Validator<${type}>;`),
          '',
        ].join('\n'),
      ),
    ),
  );
  const exported = `export type { Validation, Validator, Violation } from './validator.d.ts';\n`;
  await writeFile(
    new URL('index.d.ts', folder),
    exported + indexSource(modules, (path) => `./${path}.js`, 'declare '),
  );
}

/** The index, as code or as types: the validators of each kind, by operation or event. */
function indexSource(
  modules: ValidatorModule[],
  specifier: (path: string) => string,
  declare: '' | 'declare ',
): string {
  const imports = modules.map(({ path }, at) => `import * as module${at} from '${specifier(path)}';`);
  const member = (key: string, value: string) =>
    declare ? `readonly ${key}: typeof ${value};` : `${key}: ${value},`;
  const group = (kind: string, of: (at: number) => string) => {
    const members = modules.flatMap(({ path }, at) =>
      path.startsWith(`${kind}/`) ? [member(path.slice(kind.length + 1), of(at))] : [],
    );
    return `export ${declare}const ${kind}${declare ? ':' : ' ='} {\n  ${members.join('\n  ')}\n};`;
  };
  return [
    ...imports,
    group('requests', (at) => `module${at}.validate`),
    group('parameters', (at) => `module${at}.validate`),
    group('responses', (at) => `module${at}`),
    group('webhooks', (at) => `module${at}`),
    '',
  ].join('\n');
}
