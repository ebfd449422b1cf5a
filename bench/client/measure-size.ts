import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import { markdownTable } from './markdown-table.ts';

/** Programs that make one client and one call with it; see the files in `one-call/`. */
const programs = {
  'ours: login, retry, errors, redaction': 'ours',
  'ours, calling two operations': 'ours-two-operations',
  'ours, with a guard of one operation': 'ours-with-guard',
  'openapi-fetch': 'openapi-fetch',
  ky: 'ky',
  stripe: 'stripe',
  '@onfido/api': 'onfido',
  plaid: 'plaid',
  openai: 'openai',
};

/** The bytes of each program as it would be sent to a browser: bundled, minified, compressed with gzip −9. */
export async function measureSize(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(programs).map(async ([name, file]) => {
      const { code, platform } = await bundle(file);
      return [name, kilobytes(code.length), kilobytes(gzipSync(code, { level: 9 }).length), platform];
    }),
  );
  return markdownTable(['one call with', 'minified', 'gzip −9', 'bundled for'], rows);
}

const shared = {
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: 'es2024',
  logLevel: 'silent',
} satisfies BuildOptions;

/** For a browser, or where that does not work out for Node. */
async function bundle(file: string): Promise<{ code: Uint8Array; platform: string }> {
  const entryPoints = [fileURLToPath(new URL(`./one-call/${file}.ts`, import.meta.url))];
  const mainFields = ['browser', 'module', 'main'];
  const bundled = (platform: 'browser' | 'node') => build({ ...shared, entryPoints, platform, mainFields });
  try {
    return { code: onlyFile((await bundled('browser')).outputFiles), platform: 'browser' };
  } catch {
    return { code: onlyFile((await bundled('node')).outputFiles), platform: 'Node only' };
  }
}

function onlyFile([file, ...more]: { contents: Uint8Array }[]): Uint8Array {
  if (!file || more.length > 0) throw new Error('A bundle was to be one file.');
  return file.contents;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(2)} kB`;
}
