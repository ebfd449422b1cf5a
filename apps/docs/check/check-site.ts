import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@partner-ecosystem/browser';
import { referenceRoutes } from '../src/contract/reference-routes.ts';
import { buildSite } from '../src/output/build-site.ts';
import { serveSite } from '../src/serve-site.ts';
import { buildOlderVersion } from './build-older-version.ts';
import { checkPages, windows } from './check-pages.ts';
import { differences } from './compare-folders.ts';
import { searchGuides } from './search-guides.ts';

// `npm run check:site`: builds the site twice for a path below the origin's root, with the docs of an older version, and
// opens every page in every window.
const [base, origin] = ['/kit/', 'https://example.org'];
const folder = await mkdtemp(join(tmpdir(), 'docs-site-'));
const [first, second, versions] = [join(folder, 'first'), join(folder, 'second'), join(folder, 'versions')];
/** Some pages of the older version. The checks of the newest pages cover the rest. */
const olderPaths = ['', 'operations/createMerchant/'].map((path) => `v/0.0.1/${path}`);
try {
  await buildOlderVersion(versions, '0.0.1', base);
  const startedAt = performance.now();
  await buildSite({ folder: first, base, origin, versions });
  console.log(
    `Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s; every link and anchor is right.`,
  );
  await buildSite({ folder: second, base, origin, versions });
  const problems = (await differences(first, second)).map((name) => `${name} differs between two builds`);
  problems.push(...(await missingFromSitemap()), ...(await openPages()));
  for (const problem of problems) console.error(problem);
  console.log(`Problems: ${problems.length}.`);
  if (problems.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}

/** Paths of the newest static pages, without the base. */
async function pagePaths(): Promise<string[]> {
  const names = (await readdir(first, { recursive: true })).filter((name) => name.endsWith('index.html'));
  return names
    .filter((name) => !/^(reference|v)\//.test(name))
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
  const routes = referenceRoutes().map(({ hash }) => `reference/${hash}`);
  const paths = [...(await pagePaths()), ...olderPaths, ...routes];
  const site = await serveSite({ folder: first, base, port: 0 });
  const browser = await launchChromium();
  try {
    const searched = await checkSearch(browser, site.url + base);
    const urls = paths.map((path) => site.url + base + path);
    const total = urls.length * windows.length;
    let checked = 0;
    const onChecked = () => {
      checked++;
      if (checked % 50 === 0) console.log(`Checked ${checked} of ${total} pages.`);
    };
    const checks = windows.map(async (window) => {
      const found = await checkPages(browser, urls, window, onChecked);
      console.log(
        `${urls.length} pages, ${window.colorScheme}, ${window.width} pixels: ${found.length} problems.`,
      );
      return found;
    });
    return [...searched, ...(await Promise.all(checks)).flat()];
  } finally {
    await browser.close();
    await site.close();
  }
}

/** What is wrong with the search of the guides below the base, when it is used by keyboard alone. */
async function checkSearch(
  browser: Awaited<ReturnType<typeof launchChromium>>,
  home: string,
): Promise<string[]> {
  const page = await browser.newPage();
  await page.goto(home);
  const dialog = await searchGuides(page, 'duplicate callback');
  const found = await dialog.getByRole('link').first().getAttribute('href');
  await page.close();
  return found?.startsWith(base)
    ? []
    : [`The search of the guides leads to ${found}, which is not below ${base}`];
}
