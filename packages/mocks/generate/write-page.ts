import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const page = new URL('../page/', import.meta.url);

/** Writes `page-files.js`: the back-office page as the control port serves it, by path. */
export async function writePage(folder: URL): Promise<void> {
  const bundle = await rolldown({ input: fileURLToPath(new URL('main.ts', page)), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'es', minify: true });
  const files = {
    '/': { type: 'text/html; charset=utf-8', body: await readFile(new URL('index.html', page), 'utf8') },
    '/page.css': { type: 'text/css; charset=utf-8', body: await readFile(new URL('page.css', page), 'utf8') },
    '/page.js': { type: 'text/javascript; charset=utf-8', body: output[0].code },
  };
  await writeFile(new URL('page-files.js', folder), `export const pageFiles = ${JSON.stringify(files)};\n`);
  await writeFile(
    new URL('page-files.d.ts', folder),
    `export declare const pageFiles: { readonly [path: string]: { readonly type: string; readonly body: string } };\n`,
  );
}
