import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';
import type { Contract, Parameter, Schema } from '../contract/contract.ts';
import { mapBodies, mapValues, parametersOf } from '../contract/operations.ts';
import { typeOfSchema } from '../schemas/component-schemas.ts';
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
  const folder = new URL('validators/', dist);
  const schemas = new Map<string, string>();
  const compileBody = schemaCompiler(contract, schemas, { coerceTypes: false });
  const compileParameters = schemaCompiler(contract, schemas, { coerceTypes: true });
  const modules = listModules(contract);
  const generated = new Map([['index', indexModule(modules)]]);
  for (const { kind, key, validators } of modules) {
    const compile = kind === 'parameters' ? compileParameters : compileBody;
    generated.set(`${kind}/${key}`, validatorModule(validators, compile));
  }
  for (const kind of kinds) await mkdir(new URL(kind, folder), { recursive: true });
  const types = [...generated].map(([path, module]) =>
    writeFile(new URL(`${path}.d.ts`, folder), moduleTypes(module)),
  );
  await Promise.all([...types, writeCode(generated, schemas, folder)]);
}

function listModules(contract: Contract): ValidatorModule[] {
  const { requests, responses, webhooks } = mapBodies(contract, ({ schema }) => ({
    schema,
    type: typeOfSchema(schema),
  }));
  const groups: Record<ValidatorModule['kind'], Record<string, ValidatorModule['validators']>> = {
    requests: mapValues(requests, (validate) => ({ validate })),
    parameters: mapValues(parametersOf(contract), (parameters, operationId) => ({
      validate: parametersSource(operationId, parameters),
    })),
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

/**
 * Compiles schemas of the contract, and adds their code to `schemas`. Equal schemas become one module, which all of
 * their users import. An unknown keyword fails the build: a validator that skips unknown keywords would accept everything.
 *
 * @returns A function from a schema to the specifier of its module.
 */
function schemaCompiler(
  contract: Contract,
  schemas: Map<string, string>,
  { coerceTypes }: { coerceTypes: boolean },
): (schema: Schema) => string {
  const ajv = new Ajv2020({
    coerceTypes,
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
  return (schema) => {
    const specifier = `${coerceTypes ? 'coercing' : 'schema'}:${JSON.stringify(schema)}`;
    if (!schemas.has(specifier))
      schemas.set(specifier, standaloneCode.default(ajv, ajv.compile(structuredClone(schema))));
    return specifier;
  };
}

function validatorModule(
  validators: Record<string, ValidatorSource>,
  compile: (schema: Schema) => string,
): GeneratedModule {
  const imports = Object.entries(validators).map(
    ([name, { schema }]) => `import ${name}Schema from ${JSON.stringify(compile(schema))};`,
  );
  return {
    code: [`import { createValidator } from '${runtime}';`, ...imports],
    types: [
      `import type { components, operations } from '../../schema.d.ts';`,
      `import type { Validator } from '../../runtime/validator.d.ts';`,
    ],
    constants: mapValues(validators, ({ type }, name) => ({
      type: `Validator<${type}>`,
      value: `createValidator(${name}Schema)`,
    })),
  };
}

/** The index: the validators of each kind, by operation or event. */
function indexModule(modules: ValidatorModule[]): GeneratedModule {
  const imports = modules.map(
    ({ kind, key }, index) => `import * as module${index} from './${kind}/${key}.js';`,
  );
  const constants = kinds.map((name) => {
    const values = Object.fromEntries(
      modules.flatMap(({ kind, key }, index) => {
        const isSingle = kind === 'requests' || kind === 'parameters';
        return kind === name ? [[key, `module${index}${isSingle ? '.validate' : ''}`]] : [];
      }),
    );
    const type = objectType(mapValues(values, (value) => `typeof ${value}`));
    return [name, { type, value: objectCode(values) }];
  });
  const exported = `export type { Validation, Validator, Violation } from '../runtime/validator.d.ts';`;
  return { code: imports, types: [...imports, exported], constants: Object.fromEntries(constants) };
}

/** Bundles the generated modules with the compiled schemas. */
async function writeCode(
  generated: Map<string, GeneratedModule>,
  schemas: Map<string, string>,
  folder: URL,
): Promise<void> {
  const sources = new Map(schemas);
  for (const [path, module] of generated) sources.set(`./${path}.js`, moduleCode(module));
  const bundle = await rolldown({
    input: Object.fromEntries([...generated.keys()].map((path) => [path, `./${path}.js`])),
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
