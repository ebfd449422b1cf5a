import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const page = new URL('../page/', import.meta.url);

/** The style sheets, in the order in which they apply. */
const styles = ['base', 'controls', 'frame', 'lists', 'details'];

/** Bundles the back-office page into `page-files.js`, which the control port serves. */
export async function writePage(folder: URL): Promise<void> {
  const css = await Promise.all(styles.map((name) => readFile(new URL(`style/${name}.css`, page), 'utf8')));
  const files = {
    '/': { type: 'text/html; charset=utf-8', body: await readFile(new URL('index.html', page), 'utf8') },
    '/page.css': { type: 'text/css; charset=utf-8', body: css.join('') },
    '/page.js': { type: 'text/javascript; charset=utf-8', body: await bundleScript() },
  };
  await writeFile(new URL('page-files.js', folder), `export const pageFiles = ${JSON.stringify(files)};\n`);
  await copyFile(new URL('page-files.d.ts', import.meta.url), new URL('page-files.d.ts', folder));
}

async function bundleScript(): Promise<string> {
  const bundle = await rolldown({ input: fileURLToPath(new URL('main.tsx', page)), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'es', minify: true });
  return `/*!\n${await licenceOfPreact()}*/\n${output[0].code}`;
}

/** The page contains Preact, whose licence asks for this notice. */
async function licenceOfPreact(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('preact/package.json');
  return `Preact\n${await readFile(new URL('LICENSE', `file://${entry}`), 'utf8')}`;
}
