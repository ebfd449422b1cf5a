import { existsSync } from 'node:fs';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { publishedPackages, root } from '../src/published-packages.ts';
import { runBlock } from './run-block.ts';
import { serveTarballs } from './serve-tarballs.ts';
import { type ShellBlock, shellBlocks } from './shell-blocks.ts';

// `npm run readmes -w @partner-ecosystem/tarballs` runs the shell blocks of each published README in an empty project: in
// their order, and twice. The overlay of a README is a file of the project. The packages come from a registry on this
// machine that has the tarballs.

await using packed = await mkdtempDisposable(join(tmpdir(), 'registry-'));
const registry = await serveTarballs(packed.path);
const rows: string[][] = [];
try {
  for (const { folder, manifest } of publishedPackages) {
    rows.push(...(await runBlocks(manifest.name, await readFile(join(root, folder, 'README.md'), 'utf8'))));
  }
} finally {
  registry.close();
}
console.log(markdownTable(['README', 'block', 'first time', 'second time'], rows));
if (rows.flat().includes('fails')) process.exitCode = 1;

async function runBlocks(name: string, readme: string): Promise<string[][]> {
  const blocks = shellBlocks(readme);
  await using project = await mkdtempDisposable(join(tmpdir(), 'readme-'));
  await writeFile(join(project.path, 'package.json'), '{ "private": true, "type": "module" }');
  await writeFile(join(project.path, '.npmrc'), `@partner-ecosystem:registry=${registry.url}\n`);
  const [, overlay] = /^```yaml\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  if (overlay !== undefined) await writeFile(join(project.path, 'my.overlay.yaml'), overlay);
  const outcomes = blocks.map((): string[] => []);
  for (let time = 1; time <= 2; time++)
    for (const [index, block] of blocks.entries())
      outcomes[index]?.push(await outcomeOf(block, project.path));
  return outcomes.map((times, index) => [name, `${index + 1}`, ...times]);
}

async function outcomeOf(block: ShellBlock, project: string): Promise<string> {
  if (block.ownFile !== undefined && !existsSync(join(project, block.ownFile)))
    return `needs ${block.ownFile}`;
  try {
    await runBlock(block, project);
    return 'works';
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 'fails';
  }
}
