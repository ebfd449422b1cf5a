import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contract, linesOf, runProgram, type ToolCheck, type ToolResult } from './tool-check.ts';

interface Generator {
  readonly tool: string;
  readonly note?: string;
  /** Whether the code has schemas of operations only, and none of callbacks. */
  readonly isWithoutCallbacks?: true;
  readonly command: (output: string) => readonly [program: string, ...args: string[]];
}

const generators: readonly Generator[] = [
  {
    tool: '@hey-api/openapi-ts',
    command: (output) => ['openapi-ts', '--input', contract, '--output', output, '--no-log-file'],
  },
  {
    tool: 'orval',
    command: (output) => ['orval', '--input', contract, '--output', `${output}/api.ts`, '--client', 'fetch'],
  },
  {
    tool: '@kubb/cli',
    note: 'kubb recurses endlessly on a reference to a list of types. The config here therefore replaces such a list with `anyOf`. In the contract, `anyOf` would lower the score of Redocly by eight points.',
    command: () => ['kubb', 'generate', '--config', 'kubb.config.ts'],
  },
  {
    tool: 'swagger-typescript-api',
    command: (output) => ['swagger-typescript-api', 'generate', '--path', contract, '--output', output],
  },
  {
    tool: 'openapi-zod-client',
    note: 'The generated code has no schemas of callbacks.',
    isWithoutCallbacks: true,
    command: (output) => ['openapi-zod-client', contract, '-o', `${output}/api.ts`],
  },
];

/** Generates a client with each generator, and checks the types of its code. */
export const clientGenerators: readonly ToolCheck[] = generators.map(
  ({ command, isWithoutCallbacks, ...tool }) => ({
    ...tool,
    run: async (folder) => {
      const [program, ...args] = command(folder);
      const { stdout, failed } = await runProgram(program, args, { CONTRACT: contract, OUTPUT: folder });
      if (failed) return { checked: 'generated', problems: linesOf(stdout).slice(-5) };
      return checkCode(folder, isWithoutCallbacks ? 'operations' : 'operations and callbacks');
    },
  }),
);

async function checkCode(folder: string, scope: Scope): Promise<ToolResult> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const code = (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
  const missing = [...propertyNames(scope)].filter((name) => !hasProperty(code, name));
  const problems = [
    ...missing.map((name) => `The code has no property ${name}.`),
    ...(await typeErrors(folder)),
  ];
  return { checked: `generated ${files.length} files, types checked`, problems };
}

/** Whether the code declares the property. A short name such as `id` can also be a part of another word. */
function hasProperty(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])['"]?${name}['"]?\\??:`).test(code);
}

type Scope = 'operations' | 'operations and callbacks';

/** Returns every property of every schema that the scope refers to. Some generators used to lose schemas. */
function propertyNames(scope: Scope): ReadonlySet<string> {
  const { paths, webhooks, components } = JSON.parse(readFileSync(contract, 'utf8'));
  const names = new Set<string>();
  const seen = new Set<string>();
  const visit = (text: string) => {
    for (const [reference, kind = '', name = ''] of text.matchAll(/#\/components\/(\w+)\/([\w.]+)/g)) {
      if (seen.has(reference)) continue;
      seen.add(reference);
      const component: object = components[kind][name];
      JSON.stringify(component, (key, value) => {
        if (key === 'properties') for (const property of Object.keys(value)) names.add(property);
        return value;
      });
      visit(JSON.stringify(component));
    }
  };
  const withoutCallbacks = JSON.stringify(paths, (key, value) => (key === 'callbacks' ? undefined : value));
  visit(scope === 'operations' ? withoutCallbacks : JSON.stringify({ paths, webhooks }));
  return names;
}

async function typeErrors(folder: string): Promise<string[]> {
  const config = join(folder, 'tsconfig.json');
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2024', 'dom', 'dom.iterable'],
    types: [],
  };
  await writeFile(config, JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  const { stdout } = await runProgram('tsc', ['-p', config]);
  return linesOf(stdout);
}
