import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { serveDocs } from '../../apps/docs/src/serve-docs.ts';
import { findChromium } from '../../internal/browser/src/chromium.ts';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { median } from '../measure/quantile.ts';
import { recordResult } from '../measure/record-result.ts';

/** A page of each kind, and its lowest allowed score. Phones get the static pages; the reference is for desktops. */
const pages = [
  { path: '/', device: 'phone', minScore: 98 },
  { path: '/quick-start/', device: 'phone', minScore: 98 },
  { path: '/callbacks/', device: 'phone', minScore: 98 },
  { path: '/operations/createMerchant/', device: 'phone', minScore: 98 },
  { path: '/events/accept/', device: 'phone', minScore: 98 },
  { path: '/errors/', device: 'phone', minScore: 98 },
  { path: '/settings/', device: 'phone', minScore: 98 },
  { path: '/reference/', device: 'desktop', minScore: 90 },
] as const;
type Device = (typeof pages)[number]['device'];

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const runs = 5;

const site = await serveDocs({ port: 0 });
const rows: string[][] = [];
try {
  for (const { path, device, minScore } of pages) {
    const scores = await medianScores(site.url + path, device);
    if (scores.some((score) => score < minScore)) {
      console.error(`${path} has a category with a score below ${minScore}.`);
      process.exitCode = 1;
    }
    rows.push([`\`${path}\``, device, ...scores.map(String)]);
  }
} finally {
  await site.close();
}
await recordResult('docs-lighthouse', markdownTable(['page', 'device', ...categories], rows));

async function medianScores(url: string, device: Device): Promise<number[]> {
  const all: number[][] = [];
  for (let run = 0; run < runs; run++) all.push(await scoresOf(url, device));
  return categories.map((_, index) => median(all.map((scores) => scores[index] ?? 0)));
}

/** Returns the score of each category from 0 to 100. Each run has its own Chromium. */
async function scoresOf(url: string, device: Device): Promise<number[]> {
  const chromePath = await findChromium();
  // Containers run as root, and Chromium cannot use its sandbox as root.
  const chrome = await launch({
    chromePath,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'],
  });
  try {
    const flags = { port: chrome.port, onlyCategories: [...categories] };
    const result = await lighthouse(url, flags, device === 'desktop' ? desktopConfig : undefined);
    return categories.map((category) => {
      const score = result?.lhr.categories[category]?.score ?? null;
      if (score === null) throw new Error(`Lighthouse gives ${url} no score for ${category}.`);
      return Math.round(score * 100);
    });
  } finally {
    chrome.kill();
  }
}
