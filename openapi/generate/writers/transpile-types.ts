import { mkdir, readFile, writeFile } from 'node:fs/promises';
import ts from 'typescript';

/** Writes the types of a module of `runtime/` into a folder. Its code is bundled where it is used. */
export async function transpileTypes(name: string, folder: URL): Promise<void> {
  const source = await readFile(new URL(`../../runtime/${name}.ts`, import.meta.url), 'utf8');
  const { outputText } = ts.transpileDeclaration(source, { compilerOptions: { isolatedDeclarations: true } });
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${name}.d.ts`, folder), outputText);
}
