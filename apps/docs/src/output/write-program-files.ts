import { appendFile, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCollection } from '../collection/create-collection.ts';
import type { Page } from '../markdown/page.ts';
import { readWorkflowFiles, type WorkflowFile } from '../workflows/read-workflow-files.ts';
import type { SiteBuild } from './build-pages.ts';
import { groups } from './sidebar.ts';

const require = createRequire(import.meta.url);

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
    await writeFile(file, twinOf(page, base));
  }
  const ordered = groups(pages).flatMap(({ pages: inGroup }) => inGroup);
  const workflows = await readWorkflowFiles();
  await writeFile(join(folder, 'llms.txt'), indexOf(pages, workflows, base));
  await writeFile(join(folder, 'llms-full.txt'), ordered.map((page) => twinOf(page, base)).join('\n'));
  await copyFile(require.resolve('@partner-ecosystem/openapi/openapi.json'), join(folder, 'openapi.json'));
  await writeFile(join(folder, 'postman.json'), `${JSON.stringify(createCollection(), null, 2)}\n`);
  await copyFromRoot('packages/mocks/control-api/openapi.yaml', join(folder, 'control-api.yaml'));
  for (const { path, text } of workflows) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function copyFromRoot(path: string, target: string): Promise<void> {
  await copyFile(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), target);
}

/**
 * A page for programs. Pictures are left out: the text beside each picture says the same. An anchor gets the address of its
 * page, because all pages together are one file, and Markdown has no anchors.
 */
function twinOf({ slug, title, description, body }: Page, base: string): string {
  const address = slug === 'index' ? base : `${base}${slug}/`;
  const text = body
    .replaceAll(/<svg[\s\S]*?<\/svg>\n*/g, '')
    .replaceAll(/<span id="[^"]*"><\/span>/g, '')
    .replaceAll('](#', `](${address}#`);
  return `# ${title}\n\n> ${description}\n\n${text.trim()}\n`;
}

/** The index of the site, in the format of llmstxt.org. */
function indexOf(pages: readonly Page[], workflows: readonly WorkflowFile[], base: string): string {
  const sections = groups(pages).map(({ label, pages: inGroup }) => {
    const lines = inGroup.map(
      ({ slug, title, description }) => `- [${title}](${base}${slug}.md): ${description}`,
    );
    return `## ${label}\n\n${lines.join('\n')}`;
  });
  return `# Partner Ecosystem kit

> Contract, client, sandbox and callback server for Signzy's Partner Ecosystem API. Users of the API wrote them, independently of Signzy.

All pages in one file: [llms-full.txt](${base}llms-full.txt)

${sections.join('\n\n')}

## For programs

- [openapi.json](${base}openapi.json): the contract, OpenAPI 3.1
- [postman.json](${base}postman.json): the operations as a Postman collection, for the sandbox and for the provider
- [control-api.yaml](${base}control-api.yaml): the sandbox's control API, OpenAPI 3.1
${workflows.map(({ path, summary }) => `- [${basename(path)}](${base}${path}): Arazzo 1.0. ${summary}`).join('\n')}
`;
}
