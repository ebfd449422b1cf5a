import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '@partner-ecosystem/browser';
import { findPageProblems } from '@partner-ecosystem/browser/find-page-problems';
import { fillOffice } from './fill-office.ts';
import { type Browser, openPage, type Window } from './open-page.ts';
import { pageStates } from './page-states.ts';
import { startOffice } from './start-office.ts';

// `npm run check:page`: opens every state of the back-office page in every window. `npm run check:page -- FOLDER` also
// writes a screenshot of each state.
const [folder] = process.argv.slice(2);
const windows: readonly Window[] = [390, 768, 1280, 1920].flatMap((width) => [
  { width, colorScheme: 'light' },
  { width, colorScheme: 'dark' },
]);

const browser = await launchChromium();
let count = 0;
try {
  for (const window of windows) {
    const problems = await checkWindow(browser, window);
    console.log(
      `${pageStates.length} states, ${window.colorScheme}, ${window.width} pixels: ${problems.length} problems.`,
    );
    for (const problem of problems) console.error(problem);
    count += problems.length;
  }
} finally {
  await browser.close();
}
console.log(`Problems: ${count}.`);
if (count > 0) process.exitCode = 1;

async function checkWindow(browser: Browser, window: Window): Promise<readonly string[]> {
  const office = await startOffice();
  const cases = await fillOffice(office);
  const { page, origins } = await openPage(browser, office, window);
  const problems: string[] = [];
  for (const [index, { name, reach }] of pageStates.entries()) {
    await reach(page, cases);
    const found = await findPageProblems(page);
    problems.push(...found.map((problem) => `${name} (${window.colorScheme}, ${window.width}): ${problem}`));
    if (folder === undefined) continue;
    await mkdir(folder, { recursive: true });
    const file = `${window.width}-${window.colorScheme}-${`${index}`.padStart(2, '0')}-${name.replaceAll(/\W+/g, '-')}.png`;
    await page.screenshot({ path: join(folder, file) });
  }
  const foreign = [...origins].filter((origin) => origin !== office.running.controlUrl);
  problems.push(...foreign.map((origin) => `sends a request to another origin: ${origin}`));
  await page.context().close();
  await office.close();
  return problems;
}
