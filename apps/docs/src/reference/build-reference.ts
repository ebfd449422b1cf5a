import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { redocly } from '@partner-ecosystem/redocly';
import { describeContract } from './describe-contract.ts';

const config = fileURLToPath(new URL('../../redocly.yaml', import.meta.url));
const template = fileURLToPath(new URL('./page.hbs', import.meta.url));

/** The page of the reference, and the script beside it that makes the page work. */
export interface Reference {
  readonly page: string;
  readonly script: { readonly name: string; readonly code: string };
}

/** Renders the contract as an HTML page. */
export async function buildReference(): Promise<Reference> {
  const folder = await mkdtemp(join(tmpdir(), 'reference-'));
  const contract = join(folder, 'openapi.json');
  const page = join(folder, 'index.html');
  try {
    await writeFile(contract, await describeContract());
    const output = ['--inlineBundle', '--template', template, '--output', page, '--config', config];
    await redocly(['build-docs', contract, ...output], folder);
    return takeOutRenderer(
      withoutVendorRequests(withHashRoutes(await withOwnParts(await readFile(page, 'utf8')))),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Fills in the style and the scripts that mend the renderer's page. The template holds their places. */
async function withOwnParts(page: string): Promise<string> {
  const read = (name: string) => readFile(new URL(`./${name}`, import.meta.url), 'utf8');
  const parts = [
    ['<style id="own-style"></style>', `<style>${await read('reference.css')}</style>`],
    ['<script id="own-start"></script>', `<script>${await read('before-renderer.js')}</script>`],
    [
      '<script id="own-script"></script>',
      `<script type="module">${await read('after-renderer.js')}</script>`,
    ],
  ] as const;
  return parts.reduce((filled, [place, part]) => filled.replace(place, () => part), page);
}

/**
 * Makes the prerendered links of the sidebar stay on this page. The renderer would link to the root of the origin, where
 * the site need not be, and corrects this only for a reader whose address already has a hash.
 */
function withHashRoutes(page: string): string {
  return page.replaceAll(/ href="(\/[^"/]*)"/g, ' href="#$1"');
}

/**
 * Removes the renderer's requests to its vendor: the telemetry, and the logo on the vendor's host. Such
 * requests would tell the vendor who reads about identity documents.
 *
 * @throws Error if a request can no longer be removed, so that such a page is never published.
 */
function withoutVendorRequests(page: string): string {
  if (!page.includes('"disableTelemetry":true'))
    throw new Error(
      `The reference would send telemetry to the renderer's vendor. Set telemetry to 'off' in ${config}.`,
    );
  const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g;
  if (!logo.test(page))
    throw new Error(
      "The URL of the renderer's logo has changed. Find the new URL in the page, and remove it here.",
    );
  // The renderer hides an image that the browser cannot decode.
  return page.replace(logo, 'data:,');
}

/**
 * Moves the renderer, which has 2.4 MB, from the page into a file of its own. The browser shows the page while it loads
 * this file.
 *
 * @throws Error if the page has no such script.
 */
function takeOutRenderer(page: string): Reference {
  const start = '<script type="module">';
  for (let from = page.indexOf(start); from !== -1; from = page.indexOf(start, from + 1)) {
    const to = page.indexOf('</script>', from);
    const code = page.slice(from + start.length, to);
    if (!code.includes('hydrate(__redoc_definition')) continue;
    // With the hash in its name, a cached script of an older page is never used.
    const name = `renderer-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
    const tag = `<script type="module" src="${name}">`;
    return { page: page.slice(0, from) + tag + page.slice(to), script: { name, code } };
  }
  throw new Error(
    'The page of the reference has no script of the renderer. Find how the page starts the renderer now.',
  );
}
