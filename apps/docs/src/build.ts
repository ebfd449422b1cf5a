import { fileURLToPath } from 'node:url';
import { buildSite } from './output/build-site.ts';
import { site } from './site.ts';

await buildSite({
  folder: fileURLToPath(site),
  base: process.env['DOCS_BASE'] ?? '/',
  origin: process.env['DOCS_ORIGIN'],
  versions: process.env['DOCS_VERSIONS'],
});
