import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { redocly } from '@partner-ecosystem/redocly';

const require = createRequire(import.meta.url);
const config = fileURLToPath(new URL('../redocly.yaml', import.meta.url));

/** Renders the contract's reference as one page that needs no other file. */
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
 * The renderer shows its maker's logo from the maker's host and can report to it. Readers of a page about identity
 * papers should be seen by nobody else, so the page that would do either is not published.
 */
function withoutVendorRequests(page: string): string {
  if (!page.includes('"disableTelemetry":true'))
    throw new Error(
      `The reference would report its readers to the renderer's maker. Set telemetry to 'off' in ${config}.`,
    );
  const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g;
  if (!logo.test(page))
    throw new Error(
      'The logo that the reference fetches has moved. Find the new address in its script, and take it out here.',
    );
  // An image that cannot be decoded is what the renderer hides by itself.
  return page.replace(logo, 'data:,');
}
