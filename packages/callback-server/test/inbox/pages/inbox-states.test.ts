import { launchChromium } from '@partner-ecosystem/browser';
import { findPageProblems } from '@partner-ecosystem/browser/find-page-problems';
import { expect, test } from 'vitest';
import { type InboxState, inboxStates, viewerStates } from '../../../check/inbox-states.ts';
import { openPage, type Window } from '../../../check/open-page.ts';
import { type RunningInbox, startInbox } from '../../../check/start-inbox.ts';
import { inboxUser } from '../../support/inbox-users.ts';

// `npm run check:inbox` checks every state in every window. These are a few states in two windows.
const shown = [
  'overview',
  'list',
  'wrong filter',
  'callback with a long id and violations',
  'revealed body',
  'refused reason',
  'dry run',
  'shortcuts',
];

test('axe finds no problem, and no page is too wide, in a narrow dark window and in a wide light window', async () => {
  await using browser = await launchChromium();
  const inbox = await startInbox();
  const forViewer = await startInbox({ inboxUsers: [inboxUser('viewer')] });
  const states = inboxStates.filter(({ name }) => shown.includes(name));
  expect(states).toHaveLength(shown.length);
  const windows: readonly Window[] = [
    { width: 390, colorScheme: 'dark' },
    { width: 1280, colorScheme: 'light' },
  ];
  const problems: string[] = [];
  for (const window of windows) {
    const { page, errors, origins } = await openPage(browser, window);
    const check = async ({ name, reach }: InboxState, at: RunningInbox) => {
      await reach(page, at);
      problems.push(
        ...(await findPageProblems(page)).map((problem) => `${window.width} ${name}: ${problem}`),
      );
    };
    for (const state of states) await check(state, inbox);
    for (const state of viewerStates) await check(state, forViewer);
    expect([errors, [...origins]]).toEqual([[], [inbox.adminUrl, forViewer.adminUrl]]);
  }
  await Promise.all([inbox.close(), forViewer.close()]);
  expect(problems).toEqual([]);
});
