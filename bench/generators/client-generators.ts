import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contract, linesOf, runProgram, type ToolCheck, type ToolResult } from './tool-check.ts';

interface Generator {
  readonly tool: string;
  readonly note?: string;
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
    note: 'kubb fails on a list of types. Its config here writes `anyOf` instead.',
    command: () => ['kubb', 'generate', '--config', 'kubb.config.ts'],
  },
  {
    tool: 'swagger-typescript-api',
    command: (output) => ['swagger-typescript-api', 'generate', '--path', contract, '--output', output],
  },
  {
    tool: 'openapi-zod-client',
    note: 'It has no schemas of callbacks.',
    command: (output) => ['openapi-zod-client', contract, '-o', `${output}/api.ts`],
  },
];

/** Generates a client with each generator, and checks the types of its code. */
export const clientGenerators: readonly ToolCheck[] = generators.map(({ command, ...tool }) => ({
  ...tool,
  run: async (folder) => {
    const [program, ...args] = command(folder);
    const { stdout, failed } = await runProgram(program, args, { CONTRACT: contract, OUTPUT: folder });
    if (failed) return { checked: 'generated', problems: linesOf(stdout).slice(-5) };
    return checkCode(folder);
  },
}));

async function checkCode(folder: string): Promise<ToolResult> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const code = (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
  const problems = [...missingNames(code), ...(await typeErrors(folder))];
  return { checked: `generated ${files.length} files, types checked`, problems };
}

/** Properties of a customer's data that only some generators used to lose. */
function missingNames(code: string): string[] {
  const names = ['signzyAppId', 'autoLoginUrl', 'decisionEngineResult', 'widgetName', 'distributorId'];
  return names.filter((name) => !code.includes(name)).map((name) => `The code has no ${name}.`);
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
