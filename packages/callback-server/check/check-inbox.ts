import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '@partner-ecosystem/browser';
import { findPageProblems } from '@partner-ecosystem/browser/find-page-problems';
import { inboxUser } from '../test/support/inbox-users.ts';
import { type InboxState, inboxStates, signInStates, viewerStates } from './inbox-states.ts';
import { openPage, type Window } from './open-page.ts';
import { type RunningInbox, startInbox } from './start-inbox.ts';

// `npm run check:inbox`: opens every state of the inbox in every window. `npm run check:inbox -- FOLDER` also writes a
// screenshot of each state.
const [folder] = process.argv.slice(2);
const windows: readonly Window[] = [390, 768, 1280, 1920].flatMap((width) => [
  { width, colorScheme: 'light' },
  { width, colorScheme: 'dark' },
]);
if (folder !== undefined) await mkdir(folder, { recursive: true });

await using browser = await launchChromium();
let count = 0;
for (const window of windows) {
  const problems = [
    ...(await checkStates(window, inboxStates, await startInbox())),
    ...(await checkStates(window, signInStates, await startInbox({ adminTokens: ['not-a-real-admin-1'] }))),
    ...(await checkStates(window, viewerStates, await startInbox({ inboxUsers: [inboxUser('viewer')] }))),
  ];
  console.log(
    `${inboxStates.length + signInStates.length + viewerStates.length} states, ${window.colorScheme}, ${window.width} pixels: ${problems.length} problems.`,
  );
  for (const problem of problems) console.error(problem);
  count += problems.length;
}
console.log(`Problems: ${count}.`);
if (count > 0) process.exitCode = 1;

/** Opens each state of an inbox, and closes the inbox. */
async function checkStates(
  window: Window,
  states: readonly InboxState[],
  inbox: RunningInbox,
): Promise<readonly string[]> {
  const { page, errors, origins } = await openPage(browser, window);
  const problems: string[] = [];
  for (const { name, reach } of states) {
    await reach(page, inbox);
    const found = await findPageProblems(page);
    problems.push(...found.map((problem) => `${name} (${window.colorScheme}, ${window.width}): ${problem}`));
    if (folder === undefined) continue;
    const file = `${window.width}-${window.colorScheme}-${name.replaceAll(/\W+/g, '-')}.png`;
    await page.screenshot({ path: join(folder, file), fullPage: true });
  }
  const foreign = [...origins].filter((origin) => origin !== inbox.adminUrl);
  problems.push(...errors, ...foreign.map((origin) => `A page sent a request to another origin: ${origin}.`));
  await page.context().close();
  await inbox.close();
  return problems;
}
