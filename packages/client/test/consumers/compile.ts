import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Consumer } from './create-consumer.ts';

/** Compiler options for one environment of a consumer. */
export interface Setting {
  readonly options: object;
  readonly exclude: readonly string[];
}

/** Environments of consumers. The README's examples need Node. */
export const settings: Readonly<Record<string, Setting>> = {
  Node: { options: { module: 'nodenext', lib: ['es2024'], types: ['node'] }, exclude: [] },
  'a bundler, for browsers': {
    options: {
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2024', 'dom', 'dom.iterable'],
      types: [],
    },
    exclude: ['readme'],
  },
};

/** The strictest options of a consumer. The declarations of our packages are checked too. */
const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  skipLibCheck: false,
  noEmit: true,
  target: 'es2024',
};

/** Compiles the consumer's project, and resolves to the errors. */
export async function compile(
  { path }: Consumer,
  tsc: string,
  { options, exclude }: Setting,
): Promise<string[]> {
  const configuration = {
    compilerOptions: { ...strictest, ...options },
    include: ['*.ts', 'readme/*.ts'],
    exclude,
  };
  await writeFile(join(path, 'tsconfig.json'), JSON.stringify(configuration));
  return promisify(execFile)(process.execPath, [tsc, '--project', path], { cwd: path }).then(
    () => [],
    ({ stdout, stderr }: { stdout: string; stderr: string }) => `${stdout}${stderr}`.trim().split('\n'),
  );
}
