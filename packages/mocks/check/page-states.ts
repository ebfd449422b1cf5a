import type { Page } from './open-page.ts';
import type { Office } from './start-office.ts';

/** Something that the page can show. */
export interface PageState {
  readonly name: string;
  /** Leads to the state. The page may show anything before. */
  readonly reach: (page: Page, cases: OfficeCases) => Promise<void>;
}

/** The ids of the cases that the states show. */
export interface OfficeCases {
  readonly pending: string;
  readonly accepted: string;
  readonly draft: string;
  /** The id of a sandbox without cases. */
  readonly emptySandbox: string;
}

/** Fills an office with what the states show: cases in each status, a reference as long as a UUID, failing callbacks. */
export async function fillOffice({ running, submit, create }: Office): Promise<OfficeCases> {
  const { sandbox, sandboxes, url } = running;
  const pending = await submit('0f8fad5b-d9cb-469f-a165-70867728950e');
  const [accepted, rejected, draft] = [
    await submit('EXAMPLE-2'),
    await submit('EXAMPLE-3'),
    await submit('EXAMPLE-4'),
  ];
  await create('EXAMPLE-5');
  sandbox.backOffice.addSampleCases(20);
  sandbox.faults.add({ callback: 'reject', kind: 'wrong-body', times: 1 });
  sandbox.backOffice.accept(accepted);
  sandbox.backOffice.reject(rejected, { reason: 'The photo does not match.' });
  sandbox.backOffice.askForMore(draft, { instructions: 'Send the back of the card.' });
  await sandbox.callbacks.drain();
  await fetch(`${url}/api/distributors/createMerchant`, { method: 'POST', body: '{}' });
  sandbox.faults.add({ operation: '*', kind: 'latency', delay: '1ms', ttl: '1d', rate: 0.1 });
  return { pending, accepted, draft, emptySandbox: sandboxes.create({}, 'empty').id };
}

/** Closes what is open above the view, and goes to another view. */
async function goTo(page: Page, path: string): Promise<void> {
  if (await page.locator('dialog[open], :popover-open').count()) await page.keyboard.press('Escape');
  await page.locator('dialog[open], :popover-open').waitFor({ state: 'hidden' });
  await page.evaluate(`location.hash = ${JSON.stringify(`#/${path}`)}`);
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

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

/** Every state of the page, in an order in which each leads to the next. */
export const pageStates: readonly PageState[] = [...cases, ...decisions, ...others, ...failures];
