import { launchChromium } from '@partner-ecosystem/browser';
import { type Browser, openPage, type Page } from './open-page.ts';
import { type Office, startOffice } from './start-office.ts';

// `npm run measure:page`: how fast the back-office page is with five thousand cases. Run it on a machine that does nothing else.
const number = 5000;
const presses = 100;
const limits = { paint: 300, key: 50 };

/** Runs before the page's own scripts: records when the first row of the queue was painted, and how long keys take. */
const recorder = `
  globalThis.keys = [];
  globalThis.firstRowAt = 0;
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') globalThis.keys.push(duration);
  }).observe({ type: 'event', durationThreshold: 16 });
  const observer = new MutationObserver(() => {
    if (!document.querySelector('.virtual li')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { globalThis.firstRowAt = performance.now(); }));
  });
  observer.observe(document, { childList: true, subtree: true });
`;

const office = await startOffice();
office.running.sandbox.backOffice.addSampleCases(number);
await office.running.sandbox.callbacks.drain();
const browser = await launchChromium();
try {
  const paints: number[] = [];
  for (let run = 0; run < 5; run++) paints.push(await measurePaint(browser, office));
  const calm = await measureKeys(browser, office);
  const stop = keepSubmitting(office);
  const busy = await measureKeys(browser, office);
  stop();
  report(`first paint of the queue with ${number} cases`, paints, limits.paint);
  report(`${presses} presses of j`, calm, limits.key);
  report(`${presses} presses of j while cases arrive`, busy, limits.key);
} finally {
  await browser.close();
  await office.close();
}

function report(subject: string, durations: readonly number[], limit: number): void {
  const sorted = durations.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  console.log(`${subject}: median ${at(0.5)} ms, longest ${at(1)} ms (limit ${limit} ms)`);
  if (at(1) > limit) process.exitCode = 1;
}

/** Opens the page, and resolves when it has painted the first row of the queue. */
async function openRecorded(browser: Browser, office: Office): Promise<Page> {
  const { page } = await openPage(browser, office, undefined, undefined, recorder);
  await page.locator('.virtual li').first().waitFor();
  await page.evaluate('(async () => { while (!firstRowAt) await new Promise(requestAnimationFrame); })()');
  return page;
}

async function measurePaint(browser: Browser, office: Office): Promise<number> {
  const page = await openRecorded(browser, office);
  const firstRowAt = await page.evaluate<number>('firstRowAt');
  await page.context().close();
  return firstRowAt;
}

/** A press that the browser handles within 16 ms is not recorded, and counts as 16 ms. */
async function measureKeys(browser: Browser, office: Office): Promise<readonly number[]> {
  const page = await openRecorded(browser, office);
  await page.getByText(/^[\d,]+ cases$/).waitFor();
  for (let press = 0; press < presses; press++) {
    await page.keyboard.press('j');
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
  }
  const recorded = await page.evaluate<number[]>('keys');
  await page.context().close();
  return [...recorded, ...Array(Math.max(0, presses - recorded.length)).fill(16)];
}

/** Submits a case every 100 ms until the returned function is called. */
function keepSubmitting({ running }: Office): () => void {
  const timer = setInterval(() => running.sandbox.backOffice.addSampleCases(1), 100);
  return () => clearInterval(timer);
}
