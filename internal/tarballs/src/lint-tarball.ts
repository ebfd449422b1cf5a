import { readFile } from 'node:fs/promises';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Tarball } from './pack-package.ts';

/** Accepted, because `require` loads ES modules on every Node that the packages support. */
const accepted: readonly string[] = ['CJSResolvesToESM'];

/** What publint and Are The Types Wrong find in a tarball, for every way of resolution, even that of old compilers. */
export async function lintTarball({ path }: Tarball): Promise<string[]> {
  const content = await readFile(path);
  const tarball = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  const problems = analysis.types === false ? [] : analysis.problems;
  return [
    ...messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`),
    ...problems
      .filter(({ kind }) => !accepted.includes(kind))
      .map((problem) => `attw: ${JSON.stringify(problem)}`),
  ];
}
