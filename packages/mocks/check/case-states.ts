import type { OfficeCases } from './fill-office.ts';
import type { Page } from './open-page.ts';
import { button, goTo, type PageState } from './page-state.ts';

async function select(page: Page, { pending }: OfficeCases): Promise<void> {
  await goTo(page, `default/cases/${pending}`);
  await button(page, 'Reject…').waitFor();
  await page.getByText('Pushed data').waitFor();
}

const cases: readonly PageState[] = [
  {
    name: 'queue',
    reach: async (page) => {
      await goTo(page, 'default/cases');
      await page.getByText(/^\d+ cases$/).waitFor();
    },
  },
  {
    name: 'no case matches',
    reach: async (page) => {
      await goTo(page, 'default/cases?search=nothing');
      await page.getByText('No case matches.').waitFor();
    },
  },
  {
    name: 'empty queue',
    reach: async (page, { emptySandbox }) => {
      await goTo(page, `${emptySandbox}/cases`);
      await page.getByText('No cases yet.').waitFor();
    },
  },
  { name: 'pending case', reach: select },
  {
    name: 'revealed value',
    reach: async (page, ids) => {
      await select(page, ids);
      await button(page, 'Reveal name').click();
      await page.getByText('Asha Example').waitFor();
    },
  },
  {
    name: 'accepted case',
    reach: async (page, { accepted }) => {
      await goTo(page, `default/cases/${accepted}`);
      await button(page, 'Reverse…').waitFor();
      await page.getByText('Pushed data').waitFor();
    },
  },
  {
    name: 'case with the merchant',
    reach: async (page, { draft }) => {
      await goTo(page, `default/cases/${draft}`);
      await page.getByText('The case waits for another push.').waitFor();
    },
  },
  {
    name: 'unknown case',
    reach: async (page) => {
      await goTo(page, 'default/cases/unknown');
      await page.getByText('There is no such case.').waitFor();
    },
  },
];

const decisions: readonly PageState[] = [
  ...(['Accept…', 'Reject…', 'Ask for more…'] as const).map((name) => ({
    name: `dialog ${name}`,
    reach: async (page: Page, ids: OfficeCases) => {
      await select(page, ids);
      await button(page, name).click();
      await page.getByRole('dialog').waitFor();
    },
  })),
  {
    name: 'marked cases',
    reach: async (page) => {
      await goTo(page, 'default/cases');
      await page.getByLabel('Mark all shown').check();
      await page.getByText('cases marked').first().waitFor();
    },
  },
  {
    name: 'dialog for several cases',
    reach: async (page) => {
      await page.keyboard.press('a');
      await page.getByRole('dialog').getByText('will become').waitFor();
    },
  },
  {
    name: 'message',
    reach: async (page, ids) => {
      await goTo(page, 'default/cases');
      await page.getByLabel('cases marked').uncheck();
      await select(page, ids);
      await page.keyboard.press('v');
      await page.getByText('Reverse is not possible').first().waitFor();
    },
  },
];

/** States of the queue, of a case and of its decisions. Keep the order: a state can begin from the state before it. */
export const caseStates: readonly PageState[] = [...cases, ...decisions];
