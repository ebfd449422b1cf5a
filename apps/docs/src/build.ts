import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { buildReference } from './build-reference.ts';
import { renderGuide } from './render-guide.ts';
import { site } from './site.ts';
import { withSecurityPolicy } from './with-security-policy.ts';

const guides = new URL('../guides/', import.meta.url);

await rm(site, { recursive: true, force: true });
await mkdir(new URL('reference/', site), { recursive: true });
await Promise.all([
  cp(new URL('../style.css', import.meta.url), new URL('style.css', site)),
  ...(await readdir(guides)).map(async (file) => {
    const page = await renderGuide(await readFile(new URL(file, guides), 'utf8'));
    await writeFile(new URL(file.replace(/\.md$/, '.html'), site), withSecurityPolicy(page));
  }),
  buildReference().then((page) => writeFile(new URL('reference/index.html', site), withSecurityPolicy(page))),
]);
