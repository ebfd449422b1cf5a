import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';

/** Programs that create a client and call an operation: names in the table, and files in `one-call/`. */
const programs = {
  'ours: login, retry, errors, redaction': 'ours',
  'ours, calling two operations': 'ours-two-operations',
  'ours, with a guard of one operation': 'ours-with-guard',
  'ours, through openapi-fetch': 'ours-openapi-fetch',
  'openapi-fetch': 'openapi-fetch',
  ky: 'ky',
  stripe: 'stripe',
  '@onfido/api': 'onfido',
  plaid: 'plaid',
  openai: 'openai',
};

/** Measures each program as a browser would get it: bundled, minified, compressed with gzip −9. */
export async function measureSize(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(programs).map(async ([name, file]) => {
      const { code, platform } = await bundle(file);
      return [name, kilobytes(code.length), kilobytes(gzipSync(code, { level: 9 }).length), platform];
    }),
  );
  const table = markdownTable(['one call with', 'minified', 'gzip −9', 'bundled for'], rows);
  return `${table}\n\n${await unusedOperations()}`;
}

/** Measures how many bytes the operations add that our program does not call. The bundle has only their request lines. */
async function unusedOperations(): Promise<string> {
  const whole = gzipSync((await bundle('ours')).code, { level: 9 }).length;
  const cut = gzipSync((await bundle('ours', [withoutUnused])).code, { level: 9 }).length;
  return `Our program logs in and calls one operation. Its bundle also has the request lines of all other operations: ${whole - cut} bytes, compressed.`;
}

const withoutUnused: Plugin = {
  name: 'without unused operations',
  setup({ onLoad }) {
    onLoad({ filter: /openapi\/dist\/operations\.js$/ }, async ({ path }) => {
      const { requestLines } = await import(path);
      const { loginPartner, pullMerchant } = requestLines;
      const used = `export const requestLines = ${JSON.stringify({ loginPartner, pullMerchant })};`;
      return { contents: (await readFile(path, 'utf8')).replace(/^export const requestLines = .*$/m, used) };
    });
  },
};

/** Bundles for a browser, or for Node if a browser is not supported. */
async function bundle(file: string, plugins: Plugin[] = []): Promise<{ code: Uint8Array; platform: string }> {
  const bundleFor = async (platform: 'browser' | 'node') => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(`./one-call/${file}.ts`, import.meta.url))],
      mainFields: ['browser', 'module', 'main'],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      target: 'es2024',
      logLevel: 'silent',
      platform,
      plugins,
    });
    const [output, ...more] = outputFiles;
    if (!output || more.length > 0)
      throw new Error(`esbuild did not make exactly one file from one-call/${file}.ts.`);
    return output.contents;
  };
  try {
    return { code: await bundleFor('browser'), platform: 'browser' };
  } catch {
    return { code: await bundleFor('node'), platform: 'Node only' };
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(2)} kB`;
}
