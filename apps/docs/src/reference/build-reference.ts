import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { redocly } from '@partner-ecosystem/redocly';

const require = createRequire(import.meta.url);
const config = fileURLToPath(new URL('../../redocly.yaml', import.meta.url));

/** Renders the contract as one HTML page that needs no other file. */
export async function buildReference(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reference-'));
  const contract = join(folder, 'openapi.json');
  const page = join(folder, 'index.html');
  try {
    const samples = require.resolve('@partner-ecosystem/openapi/overlays/code-samples');
    const bundle = require.resolve('@partner-ecosystem/openapi/openapi.json');
    await redocly(['bundle', bundle, '--overlay', samples, '--output', contract, '--config', config], folder);
    await redocly(['build-docs', contract, '--inlineBundle', '--output', page, '--config', config], folder);
    return withoutVendorRequests(await readFile(page, 'utf8'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Removes the renderer's requests to its vendor: the telemetry, and the logo on the vendor's host. They would tell the
 * vendor who reads about identity documents.
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
