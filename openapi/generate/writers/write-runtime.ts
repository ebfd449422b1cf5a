import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import ts from 'typescript';

const source = new URL('../../runtime/', import.meta.url);

/** Compiles the modules of `runtime/` to `dist/runtime/`. The generated modules import them. */
export async function writeRuntime(dist: URL): Promise<void> {
  const folder = new URL('runtime/', dist);
  await mkdir(folder, { recursive: true });
  await Promise.all((await readdir(source)).map((file) => compile(file, folder)));
}

async function compile(file: string, folder: URL): Promise<void> {
  const text = (await readFile(new URL(file, source), 'utf8')).replaceAll(
    /(from '\.\/[\w-]+)\.ts'/g,
    "$1.js'",
  );
  const { ES2023: target } = ts.ScriptTarget;
  // The declarations have the comments.
  const compilerOptions = { target, module: ts.ModuleKind.ESNext, removeComments: true };
  const code = ts.transpileModule(text, { compilerOptions });
  const types = ts.transpileDeclaration(text, { compilerOptions: { isolatedDeclarations: true } });
  await Promise.all([
    writeFile(new URL(file.replace(/\.ts$/, '.js'), folder), code.outputText),
    writeFile(new URL(file.replace(/\.ts$/, '.d.ts'), folder), types.outputText),
  ]);
}
