import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@partner-ecosystem/browser';
import { buildSite } from '../src/output/build-site.ts';
import { serveSite } from '../src/serve-site.ts';
import { checkPages, windows } from './check-pages.ts';
import { differences } from './compare-folders.ts';
import { referenceRoutes } from './reference-routes.ts';

// `npm run check:site`: builds the site twice for a path below the origin's root, and opens every page in every window.
const [base, origin] = ['/kit/', 'https://example.org'];
const folder = await mkdtemp(join(tmpdir(), 'docs-site-'));
const [first, second] = [join(folder, 'first'), join(folder, 'second')];
try {
  const startedAt = performance.now();
  await buildSite({ folder: first, base, origin });
  console.log(
    `Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s; every link and anchor is right.`,
  );
  await buildSite({ folder: second, base, origin });
  const problems = (await differences(first, second)).map((name) => `${name} differs between two builds`);
  problems.push(...(await missingFromSitemap()), ...(await openPages()));
  for (const problem of problems) console.error(problem);
  console.log(`Problems: ${problems.length}.`);
  if (problems.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}

/** Paths of the static pages, without the base. */
async function pagePaths(): Promise<string[]> {
  const names = (await readdir(first, { recursive: true })).filter((name) => name.endsWith('index.html'));
  return names
    .filter((name) => !name.startsWith('reference/'))
    .map((name) => name.replace(/index\.html$/, ''));
}

async function missingFromSitemap(): Promise<string[]> {
  const sitemap = await readFile(join(first, 'sitemap-0.xml'), 'utf8');
  const missing = (await pagePaths()).filter(
    (path) => !sitemap.includes(`<loc>${origin}${base}${path}</loc>`),
  );
  return missing.map((path) => `The sitemap lacks ${base}${path}`);
}

async function openPages(): Promise<string[]> {
  const paths = [...(await pagePaths()), ...referenceRoutes().map((route) => `reference/${route}`)];
  const site = await serveSite({ folder: first, base, port: 0 });
  const browser = await launchChromium();
  try {
    const urls = paths.map((path) => site.url + base + path);
    const checks = windows.map(async (window) => {
      const found = await checkPages(browser, urls, window);
      console.log(
        `${urls.length} pages, ${window.colorScheme}, ${window.width} pixels: ${found.length} problems.`,
      );
      return found;
    });
    return (await Promise.all(checks)).flat();
  } finally {
    await browser.close();
    await site.close();
  }
}
