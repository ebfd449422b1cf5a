import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import type { Contract, Parameter, Schema } from '../contract/contract.ts';
import { mapBodies, mapValues, parametersOf } from '../contract/operations.ts';
import { typeOfSchema } from '../schemas/component-schemas.ts';
import {
  closedSchema,
  essentialSchema,
  parametersSchema,
  requestSchema,
} from '../schemas/validation-schemas.ts';
import { schemaCompiler } from './compile-schemas.ts';
import { type GeneratedModule, moduleCode, moduleTypes, objectCode, objectType } from './write-module.ts';

const require = createRequire(import.meta.url);

/** Import path of the runtime module. Every generated module is one folder below `validators/`. */
const runtime = '../../runtime/validator.js';

interface ValidatorSource {
  schema: Schema;
  /** The TypeScript type of a valid value. */
  type: string;
}

/** The validators of a module by name. The module is `validators/{kind}/{key}.js`; the key is an operation or event. */
type Validators = Record<string, ValidatorSource>;
type Group = Record<string, Validators>;

/**
 * Writes `validators/`: a module for the request body, the parameters and the responses of each operation, a module
 * for each webhook, and an index. The schemas are compiled here, so that nothing is compiled or evaluated at run time.
 */
export async function writeValidators(contract: Contract, dist: URL): Promise<void> {
  const folder = new URL('validators/', dist);
  const schemas = new Map<string, string>();
  const compileBody = schemaCompiler(contract, schemas, { coerceTypes: false });
  // Parameters are text in a URL. Their validators convert them to the types of the contract.
  const compileParameters = schemaCompiler(contract, schemas, { coerceTypes: true });
  const groups = groupValidators(contract);
  const modules = new Map([['index', indexModule(groups)]]);
  for (const [kind, group] of Object.entries(groups)) {
    await mkdir(new URL(kind, folder), { recursive: true });
    const compile = kind === 'parameters' ? compileParameters : compileBody;
    for (const [key, validators] of Object.entries(group))
      modules.set(`${kind}/${key}`, validatorModule(validators, compile));
  }
  const types = [...modules].map(([path, module]) =>
    writeFile(new URL(`${path}.d.ts`, folder), moduleTypes(module)),
  );
  await Promise.all([...types, writeCode(modules, schemas, folder)]);
}

function groupValidators(contract: Contract): Record<string, Group> {
  const { requests, responses, webhooks } = mapBodies(contract, ({ schema }) => ({
    schema,
    type: typeOfSchema(schema),
  }));
  return {
    requests: mapValues(requests, requestValidators),
    parameters: mapValues(parametersOf(contract), parameterValidators),
    responses: mapValues(responses, (byStatus) =>
      Object.fromEntries(
        Object.entries(byStatus).flatMap(([status, body]) =>
          Object.entries(withKnown(body)).map(([name, source]) => [`${name}${status}`, source]),
        ),
      ),
    ),
    webhooks: mapValues(webhooks, ({ schema, type }) => ({
      ...withKnown({ schema, type }),
      validateEssential: { schema: essentialSchema(contract, schema), type },
    })),
  };

  function requestValidators({ schema, type }: ValidatorSource): Validators {
    const request = requestSchema(contract, schema);
    const { validateKnown } = withKnown({ schema: request, type });
    return {
      validate: { schema: request, type: isTyped(request) ? type : '{ readonly [name: string]: unknown }' },
      ...(validateKnown && { validateKnown }),
    };
  }

  function parameterValidators(parameters: Parameter[], operationId: string): Validators {
    const schema = requestSchema(contract, parametersSchema(parameters));
    const { properties = {} } = schema;
    const type = parametersType(operationId, parameters, ({ name }) => isTyped(properties[name] ?? {}));
    const knownType = parametersType(operationId, parameters, () => true);
    return {
      validate: { schema, type },
      validateKnown: { schema: closedSchema(contract, schema), type: knownType },
    };
  }

  function withKnown({ schema, type }: ValidatorSource): Validators {
    return { validate: { schema, type }, validateKnown: { schema: closedSchema(contract, schema), type } };
  }
}

/** Whether a valid value has the types of the contract. A type that no page shows is only expected. */
function isTyped({ type, properties = {}, items, 'x-expected': expected }: Schema): boolean {
  if (type === undefined && expected?.type !== undefined) return false;
  return Object.values(properties).every(isTyped) && (items === undefined || isTyped(items));
}

/** The type of the parameters by name. */
function parametersType(
  operationId: string,
  parameters: Parameter[],
  isTypedParameter: (parameter: Parameter) => boolean,
): string {
  const properties = parameters.map((parameter) => {
    const { name, in: place, required } = parameter;
    const lookup = `operations['${operationId}']['parameters']['${place}']`;
    const type = `NonNullable<${required ? lookup : `NonNullable<${lookup}>`}['${name}']>`;
    return `${name}${required ? '' : '?'}: ${isTypedParameter(parameter) ? type : 'unknown'}`;
  });
  return `{ ${properties.join('; ')} }`;
}

function validatorModule(validators: Validators, compile: (schema: Schema) => string): GeneratedModule {
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
function indexModule(groups: Record<string, Group>): GeneratedModule {
  const paths = Object.entries(groups).flatMap(([kind, group]) =>
    Object.keys(group).map((key) => `${kind}/${key}`),
  );
  const imports = paths.map((path, index) => `import * as module${index} from './${path}.js';`);
  const constants = mapValues(groups, (group, kind) => {
    const only = kind === 'requests' || kind === 'parameters' ? '.validate' : '';
    return indexConstant(mapValues(group, (_, key) => `module${paths.indexOf(`${kind}/${key}`)}${only}`));
  });
  const known = mapValues({ requests: groups['requests'], parameters: groups['parameters'] }, (group, kind) =>
    indexConstant(
      mapValues(group ?? {}, (_, key) => `module${paths.indexOf(`${kind}/${key}`)}.validateKnown`),
    ),
  );
  const exported = `export type { Validation, Validator, Violation } from '../runtime/validator.d.ts';`;
  return {
    code: imports,
    types: [...imports, exported],
    constants: {
      ...constants,
      known: {
        doc: 'Validators of requests and parameters that also report what the contract does not expect.',
        type: objectType(mapValues(known, ({ type }) => type)),
        value: objectCode(mapValues(known, ({ value }) => value)),
      },
    },
  };
}

function indexConstant(values: Record<string, string>): { type: string; value: string } {
  return { type: objectType(mapValues(values, (value) => `typeof ${value}`)), value: objectCode(values) };
}

/**
 * Bundles the generated modules with the compiled schemas. Node takes about a millisecond for each file, so the validators
 * of all operations share one file. The validators of the callbacks share another file: a receiver needs only this file.
 */
async function writeCode(modules: Map<string, GeneratedModule>, schemas: Map<string, string>, folder: URL) {
  const sources = new Map(schemas);
  for (const [path, module] of modules) sources.set(`./${path}.js`, moduleCode(module));
  const bundle = await rolldown({
    input: Object.fromEntries([...modules.keys()].map((path) => [path, `./${path}.js`])),
    platform: 'neutral',
    resolve: { mainFields: ['main'] },
    onLog: (_, { message }) => {
      throw new Error(`The validators cannot be bundled: ${message}`);
    },
    plugins: [
      {
        name: 'generated-modules',
        resolveId: (id) => {
          if (id === runtime) return { id, external: 'absolute' };
          // Resolved from this file, because the command may run in a project without Ajv.
          if (id.startsWith('ajv/')) return require.resolve(id);
          return sources.has(id) ? id : null;
        },
        load: (id) => sources.get(id) ?? null,
      },
    ],
  });
  // Nobody reads compiled schemas, and they are most of the package's size.
  await bundle.write({
    dir: fileURLToPath(folder),
    chunkFileNames: 'shared/[name].js',
    minify: true,
    codeSplitting: {
      groups: [
        { name: 'callbacks', test: /^\.\/webhooks\//, priority: 2 },
        { name: 'operations', test: /^\.\/(requests|responses|parameters)\//, priority: 1 },
      ],
    },
  });
}
