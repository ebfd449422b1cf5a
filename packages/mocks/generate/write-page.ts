import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const page = new URL('../page/', import.meta.url);

/** Bundles the back-office page into `page-files.js`, which the control port serves. */
export async function writePage(folder: URL): Promise<void> {
  const bundle = await rolldown({ input: fileURLToPath(new URL('main.ts', page)), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'es', minify: true });
  const files = {
    '/': { type: 'text/html; charset=utf-8', body: await readFile(new URL('index.html', page), 'utf8') },
    '/page.css': { type: 'text/css; charset=utf-8', body: await readFile(new URL('page.css', page), 'utf8') },
    '/page.js': { type: 'text/javascript; charset=utf-8', body: output[0].code },
  };
  await writeFile(new URL('page-files.js', folder), `export const pageFiles = ${JSON.stringify(files)};\n`);
  await copyFile(new URL('page-files.d.ts', import.meta.url), new URL('page-files.d.ts', folder));
}
