import { caseStates } from './case-states.ts';
import type { Page } from './open-page.ts';
import { button, goTo, type PageState } from './page-state.ts';

const others: readonly PageState[] = [
  {
    name: 'callbacks',
    reach: async (page) => {
      await goTo(page, 'default/callbacks');
      await page.getByText(/callbacks, \d+ waiting/).waitFor();
    },
  },
  {
    name: 'callback',
    reach: async (page) => {
      await goTo(page, 'default/callbacks?event=reject');
      await page
        .getByRole('link', { name: /EXAMPLE-3/ })
        .first()
        .click();
      await button(page, 'Post again').waitFor();
    },
  },
  {
    name: 'no callbacks',
    reach: async (page, { emptySandbox }) => {
      await goTo(page, `${emptySandbox}/callbacks`);
      await page.getByText('No callbacks yet.').waitFor();
    },
  },
  {
    name: 'journal',
    reach: async (page) => {
      await goTo(page, 'default/journal');
      await page.getByText(/^\d+ entries$/).waitFor();
    },
  },
  {
    name: 'request',
    reach: async (page) => {
      await goTo(page, 'default/journal?search=pushMerchant');
      await page
        .getByRole('link', { name: /pushMerchant/ })
        .first()
        .click();
      await page.getByLabel('Request body').waitFor();
    },
  },
  {
    name: 'refused request',
    reach: async (page) => {
      await goTo(page, 'default/journal?response=client+error');
      await page
        .getByRole('link', { name: /createMerchant/ })
        .first()
        .click();
      await page.getByLabel('Response body').waitFor();
    },
  },
  {
    name: 'empty journal',
    reach: async (page, { emptySandbox }) => {
      await goTo(page, `${emptySandbox}/journal`);
      await page.getByText('Nothing has happened yet.').waitFor();
    },
  },
  {
    name: 'faults',
    reach: async (page) => {
      await goTo(page, 'default/faults');
      await button(page, 'Remove latency on every operation').waitFor();
    },
  },
  ...(['operation * latency-long-tail', 'callback accept wrong-body', 'callback * drift-null'] as const).map(
    (fault) => ({
      name: `form for the fault ${fault}`,
      reach: async (page: Page) => {
        const [side = '', target = '', kind = ''] = fault.split(' ');
        await goTo(page, 'default/faults');
        await page.getByLabel('Where').selectOption(`${side} ${target}`);
        await page.getByLabel('What').selectOption(kind);
      },
    }),
  ),
  {
    name: 'sandbox',
    reach: async (page) => {
      await goTo(page, 'default/sandbox');
      await button(page, "Copy the realm's id").waitFor();
      await button(page, 'Delete empty').waitFor();
    },
  },
  {
    name: 'reset dialog',
    reach: async (page) => {
      await button(page, 'Reset…').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'clock',
    reach: async (page) => {
      await goTo(page, 'default/sandbox');
      await page.getByTitle('The clock of the sandbox').click();
      await page.getByText('The clock never moves back.').waitFor();
    },
  },
  {
    name: 'shortcuts',
    reach: async (page) => {
      await goTo(page, 'default/sandbox');
      await button(page, 'Shortcuts').click();
      await page.getByText('Select the next row').waitFor();
    },
  },
  {
    name: 'vanished sandbox',
    reach: async (page) => {
      await goTo(page, 'deleted/cases');
      await page.getByText('The sandbox deleted does not exist.').waitFor();
    },
  },
];

/** States in which the control API does not respond as usual. */
const failures: readonly PageState[] = [
  {
    name: 'loading',
    reach: async (page) => {
      await page.route('**/merchants?*', () => {}); // Never responds.
      await goTo(page, 'default/journal');
      await goTo(page, 'default/cases');
      await page.getByText('Loading…').first().waitFor();
    },
  },
  {
    name: 'error',
    reach: async (page) => {
      await page.unroute('**/merchants?*');
      await page.route('**/merchants?*', (route) =>
        route.fulfill({ status: 500, json: { detail: 'A bug.' } }),
      );
      await goTo(page, 'default/journal');
      await goTo(page, 'default/cases');
      await button(page, 'Try again').waitFor();
    },
  },
  {
    name: 'lost connection',
    reach: async (page) => {
      await page.unroute('**/merchants?*');
      await page.route('**/clock', (route) => route.abort());
      await page.getByText('The sandbox does not respond.').waitFor();
    },
  },
  {
    name: 'signed out',
    reach: async (page) => {
      await page.unroute('**/clock');
      await page.evaluate('sessionStorage.clear(); location.reload()');
      await page.getByLabel('Control token').waitFor();
    },
  },
  {
    name: 'refused token',
    reach: async (page) => {
      await page.getByLabel('Control token').fill('not-the-token');
      await button(page, 'Open the back office').click();
      await page.getByText('not the control token of this sandbox').waitFor();
    },
  },
];

/** Every state of the page. Keep the order: a state can begin from the state before it. */
export const pageStates: readonly PageState[] = [...caseStates, ...others, ...failures];
