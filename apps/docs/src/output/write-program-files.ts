import { appendFile, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCollection } from '../collection/create-collection.ts';
import type { Page } from '../markdown/page.ts';
import type { SiteBuild } from './build-pages.ts';
import { groups } from './sidebar.ts';

const require = createRequire(import.meta.url);
const workflows = ['onboard-merchant', 'decisions', 'refusals'];

/**
 * Writes what programs read: a Markdown twin of each page, `llms.txt`, `llms-full.txt`, the contract, its workflows, and its
 * Postman collection.
 */
export async function writeProgramFiles(
  pages: readonly Page[],
  { folder, base, origin }: SiteBuild,
): Promise<void> {
  if (origin !== undefined)
    await appendFile(join(folder, 'robots.txt'), `Sitemap: ${origin}${base}sitemap-index.xml\n`);
  for (const page of pages) {
    const file = join(folder, `${page.slug}.md`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, twinOf(page));
  }
  const ordered = groups(pages).flatMap(({ pages: inGroup }) => inGroup);
  await writeFile(join(folder, 'llms.txt'), indexOf(pages, base));
  await writeFile(join(folder, 'llms-full.txt'), ordered.map(twinOf).join('\n'));
  await copyFile(require.resolve('@partner-ecosystem/openapi/openapi.json'), join(folder, 'openapi.json'));
  await writeFile(join(folder, 'postman.json'), `${JSON.stringify(createCollection(), null, 2)}\n`);
  await copyFromRoot('packages/mocks/control-api/openapi.yaml', join(folder, 'control-api.yaml'));
  await mkdir(join(folder, 'workflows'), { recursive: true });
  for (const name of workflows)
    await copyFromRoot(
      `openapi/workflows/${name}.arazzo.yaml`,
      join(folder, `workflows/${name}.arazzo.yaml`),
    );
}

async function copyFromRoot(path: string, target: string): Promise<void> {
  await copyFile(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), target);
}

/** A page for programs. Pictures are left out: the text beside each picture says the same. */
function twinOf({ title, description, body }: Page): string {
  const text = body.replaceAll(/<svg[\s\S]*?<\/svg>\n*/g, '').replaceAll(/<span id="[^"]*"><\/span>/g, '');
  return `# ${title}\n\n> ${description}\n\n${text.trim()}\n`;
}

/** The index of the site, in the format of llmstxt.org. */
function indexOf(pages: readonly Page[], base: string): string {
  const sections = groups(pages).map(({ label, pages: inGroup }) => {
    const lines = inGroup.map(
      ({ slug, title, description }) => `- [${title}](${base}${slug}.md): ${description}`,
    );
    return `## ${label}\n\n${lines.join('\n')}`;
  });
  return `# Partner Ecosystem kit

> Contract, client, sandbox and callback server for Signzy's Partner Ecosystem API, by its users. Independent of Signzy.

All pages in one file: [llms-full.txt](${base}llms-full.txt)

${sections.join('\n\n')}

## For programs

- [openapi.json](${base}openapi.json): the contract, OpenAPI 3.1
- [postman.json](${base}postman.json): the operations as a Postman collection, for the sandbox and for the provider
- [control-api.yaml](${base}control-api.yaml): the sandbox's control API, OpenAPI 3.1
- [onboard-merchant.arazzo.yaml](${base}workflows/onboard-merchant.arazzo.yaml): the seven steps as an Arazzo workflow
`;
}
