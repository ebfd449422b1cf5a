import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';
import type { Contract, Parameter, Schema } from '../contract/contract.ts';
import { mapBodies, mapValues, operationsOf } from '../contract/operations.ts';
import { typeOfSchema } from '../schemas/named-schema.ts';
import { closedSchema, essentialSchema, parametersSchema } from '../schemas/validation-schemas.ts';
import { type GeneratedModule, moduleCode, moduleTypes, objectCode, objectType } from './write-module.ts';

/** Import path of the runtime module. Every generated module is one folder below `validators/`. */
const runtime = '../../runtime/validator.js';

const kinds = ['requests', 'parameters', 'responses', 'webhooks'] as const;

interface ValidatorSource {
  schema: Schema;
  /** The TypeScript type of a valid value. */
  type: string;
}

/** A module to generate, at `validators/{kind}/{key}.js`, with its validators by name. */
interface ValidatorModule {
  kind: (typeof kinds)[number];
  /** The operation or the event. */
  key: string;
  validators: Record<string, ValidatorSource>;
}

/**
 * Writes `validators/`: a module for the request body, the parameters and the responses of each operation, a module
 * for each webhook, and an index. The schemas are compiled here, so that nothing is compiled or evaluated at run time.
 */
export async function writeValidators(contract: Contract, dist: URL): Promise<void> {
  const modules = listModules(contract);
  const folder = new URL('validators/', dist);
  await Promise.all([writeCode(contract, modules, folder), writeTypes(modules, folder)]);
}

function listModules(contract: Contract): ValidatorModule[] {
  const source = (schema: Schema) => ({ schema, type: typeOfSchema(schema) });
  const { requests, responses, webhooks } = mapBodies(contract, ({ schema }) => source(schema));
  const parameters = operationsOf(contract).flatMap(({ operationId, parameters }) =>
    parameters.length > 0 ? [[operationId, parametersSource(operationId, parameters)] as const] : [],
  );
  const groups: Record<ValidatorModule['kind'], Record<string, ValidatorModule['validators']>> = {
    requests: mapValues(requests, (validate) => ({ validate })),
    parameters: mapValues(Object.fromEntries(parameters), (validate) => ({ validate })),
    responses: mapValues(responses, (byStatus) =>
      Object.fromEntries(Object.entries(byStatus).map(([status, body]) => [`validate${status}`, body])),
    ),
    webhooks: mapValues(webhooks, ({ schema, type }) => ({
      validate: { schema, type },
      validateEssential: { schema: essentialSchema(contract, schema), type },
      validateKnown: { schema: closedSchema(contract, schema), type },
    })),
  };
  return kinds.flatMap((kind) =>
    Object.entries(groups[kind]).map(([key, validators]) => ({ kind, key, validators })),
  );
}

/** Parameters are text in a URL. Their validators convert them to the types of the contract. */
function parametersSource(operationId: string, parameters: Parameter[]): ValidatorSource {
  const properties = parameters.map(({ name, in: place, required }) => {
    const lookup = `operations['${operationId}']['parameters']['${place}']`;
    const optional = required ? '' : '?';
    return `${name}${optional}: NonNullable<${required ? lookup : `NonNullable<${lookup}>`}['${name}']>`;
  });
  return { schema: parametersSchema(parameters), type: `{ ${properties.join('; ')} }` };
}

async function writeCode(contract: Contract, modules: ValidatorModule[], folder: URL): Promise<void> {
  const compileBody = schemaCompiler(contract, { coerceTypes: false });
  const compileParameters = schemaCompiler(contract, { coerceTypes: true });
  const sources = new Map([['entry:index', moduleCode(indexModule(modules, (path) => `entry:${path}`))]]);
  for (const { kind, key, validators } of modules) {
    const compile = kind === 'parameters' ? compileParameters : compileBody;
    const lines = Object.entries(validators).map(([name, { schema }], index) => {
      // Equal schemas become one module, which all of their users import.
      const compiled = `${kind === 'parameters' ? 'coercing' : 'schema'}:${JSON.stringify(schema)}`;
      if (!sources.has(compiled)) sources.set(compiled, compile(schema));
      return (
        `import compiled${index} from ${JSON.stringify(compiled)};\n` +
        `export const ${name} = createValidator(compiled${index});`
      );
    });
    const head = `import { createValidator } from '${runtime}';`;
    sources.set(`entry:${kind}/${key}`, [head, ...lines].join('\n'));
  }

  const entries = [...sources.keys()].filter((id) => id.startsWith('entry:'));
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((id) => [id.slice('entry:'.length), id])),
    platform: 'neutral',
    resolve: { mainFields: ['main'] },
    plugins: [
      {
        name: 'generated-modules',
        resolveId: (id) => {
          if (id === runtime) return { id, external: 'absolute' };
          return sources.has(id) ? id : null;
        },
        load: (id) => sources.get(id) ?? null,
      },
    ],
  });
  await bundle.write({ dir: fileURLToPath(folder), chunkFileNames: 'shared/[name].js' });
}

/**
 * Compiles schemas of the contract to module code. An unknown keyword fails the build: a validator that skips unknown
 * keywords would accept everything.
 */
function schemaCompiler(contract: Contract, options: { coerceTypes: boolean }): (schema: Schema) => string {
  const ajv = new Ajv2020({
    ...options,
    allErrors: true,
    strictTypes: false,
    // A format describes the purpose of a value. The provider's values need not match it.
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
  for (const kind of kinds) await mkdir(new URL(kind, folder), { recursive: true });
  await Promise.all([
    writeFile(new URL('index.d.ts', folder), moduleTypes(indexModule(modules, (path) => `./${path}.js`))),
    ...modules.map(({ kind, key, validators }) =>
      writeFile(
        new URL(`${kind}/${key}.d.ts`, folder),
        moduleTypes({
          types: [
            `import type { components, operations } from '../../schema.d.ts';`,
            `import type { Validator } from '../../runtime/validator.d.ts';`,
          ],
          constants: Object.entries(validators).map(([name, { type }]) => ({
            name,
            type: `Validator<${type}>`,
            value: '',
          })),
        }),
      ),
    ),
  ]);
}

/** The index: the validators of each kind, by operation or event. */
function indexModule(modules: ValidatorModule[], specifier: (path: string) => string): GeneratedModule {
  const imports = modules.map(
    ({ kind, key }, index) => `import * as module${index} from '${specifier(`${kind}/${key}`)}';`,
  );
  const constants = kinds.map((name) => {
    const values = Object.fromEntries(
      modules.flatMap(({ kind, key }, index) => {
        const isSingle = kind === 'requests' || kind === 'parameters';
        return kind === name ? [[key, `module${index}${isSingle ? '.validate' : ''}`]] : [];
      }),
    );
    return {
      name,
      type: objectType(mapValues(values, (value) => `typeof ${value}`)),
      value: objectCode(values),
    };
  });
  const exported = `export type { Validation, Validator, Violation } from '../runtime/validator.d.ts';`;
  return { code: imports, types: [...imports, exported], constants };
}
