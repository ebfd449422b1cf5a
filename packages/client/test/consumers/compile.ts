import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Consumer } from './lay-consumer.ts';

/** What a consumer's configuration says beside being strict. */
export interface Setting {
  readonly options: object;
  readonly exclude: readonly string[];
}

/** How consumers tell their compiler where they run and how they bundle. The README's example runs on Node. */
export const settings: Readonly<Record<string, Setting>> = {
  Node: { options: { module: 'nodenext', lib: ['es2024'], types: ['node'] }, exclude: [] },
  'a bundler, for browsers': {
    options: {
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2024', 'dom', 'dom.iterable'],
      types: [],
    },
    exclude: ['readme-example.ts'],
  },
};

/** As strict as a consumer can be, and our own types are not let off. */
const strictest = {
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
  ...{ noPropertyAccessFromIndexSignature: true, skipLibCheck: false, noEmit: true, target: 'es2024' },
};

/** The errors that a compiler finds in the consumer's project. */
export async function compile(
  { path }: Consumer,
  tsc: string,
  { options, exclude }: Setting,
): Promise<string[]> {
  const configuration = { compilerOptions: { ...strictest, ...options }, include: ['*.ts'], exclude };
  await writeFile(join(path, 'tsconfig.json'), JSON.stringify(configuration));
  return promisify(execFile)(process.execPath, [tsc, '--project', path], { cwd: path }).then(
    () => [],
    ({ stdout, stderr }: { stdout: string; stderr: string }) => `${stdout}${stderr}`.trim().split('\n'),
  );
}
