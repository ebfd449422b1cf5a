import { launchChromium } from '@partner-ecosystem/browser';
import { findPageProblems } from '@partner-ecosystem/browser/find-page-problems';
import { expect, test } from 'vitest';
import { fillOffice } from '../../check/fill-office.ts';
import { openPage, type Window } from '../../check/open-page.ts';
import { pageStates } from '../../check/page-states.ts';
import { startOffice } from '../../check/start-office.ts';

// `npm run check:page` checks every state in every window. These are a few states in two windows.
const shown = ['queue', 'pending case', 'dialog Reject…', 'request', 'faults', 'sandbox', 'refused token'];

test.each<Window>([
  { width: 390, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
])('axe finds no problem, and nothing is too wide, at $width pixels and $colorScheme', async (window) => {
  await using browser = await launchChromium();
  const office = await startOffice();
  const cases = await fillOffice(office);
  const { page } = await openPage(browser, office, window);
  const problems: string[] = [];
  const states = pageStates.filter(({ name }) => shown.includes(name));
  expect(states).toHaveLength(shown.length);
  for (const { name, reach } of pageStates.filter(
    ({ name }) => shown.includes(name) || name === 'signed out',
  )) {
    await reach(page, cases);
    problems.push(...(await findPageProblems(page)).map((problem) => `${name}: ${problem}`));
  }
  expect(problems).toEqual([]);
  await office.close();
});
