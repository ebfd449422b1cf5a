import { passwordOf } from '../test/support/inbox-users.ts';
import type { Page } from './open-page.ts';
import type { RunningInbox } from './start-inbox.ts';

/** Something that the inbox can show. */
export interface InboxState {
  readonly name: string;
  /** Leads to the state, whatever the page shows before. */
  readonly reach: (page: Page, inbox: RunningInbox) => Promise<void>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A state that a URL shows. `text` is on the page in this state. */
function at(name: string, path: string | ((ids: RunningInbox['ids']) => string), text: string): InboxState {
  return {
    name,
    reach: async (page, { adminUrl, ids }) => {
      await page.goto(`${adminUrl}/inbox${typeof path === 'string' ? path : path(ids)}`);
      await page.getByText(text).first().waitFor();
    },
  };
}

const pages: readonly InboxState[] = [
  at('overview', '', 'in the quarantine'),
  at('list', '/callbacks', 'EXAMPLE-taken'),
  at('filtered list', '/callbacks?verdict=drift&state=open&receivedFrom=2026-01-01T00:00', 'Clear'),
  at('empty list', '/callbacks?merchantId=EXAMPLE-none', 'No callback matches.'),
  at('wrong filter', '/callbacks?verdict=good', 'verdict must be one of'),
  at('callback', ({ taken }) => `/callbacks/${taken}`, 'What happened'),
  at(
    'callback with a long id and violations',
    ({ drift }) => `/callbacks/${drift}`,
    'Violations of the contract',
  ),
  at('unparsable callback', ({ unparsable }) => `/callbacks/${unparsable}`, 'bytes that are not JSON'),
  at('callback in the quarantine', ({ quarantined }) => `/callbacks/${quarantined}`, 'Release…'),
  at('unknown callback', '/callbacks/unknown', 'There is no such page or callback.'),
  at('redelivery', ({ dead }) => `/redeliver?id=${dead}`, 'Selected callbacks: 1.'),
  at('dry run', ({ dead }) => `/redeliver?id=${dead}&route=handler`, 'Nothing has changed yet.'),
  at('nothing selected', '/redeliver?of=selected', 'No callback is selected.'),
  at('release', ({ quarantined }) => `/release?id=${quarantined}`, 'Release 1'),
  at('giving up', '/give-up?route=ledger', 'Give up 1'),
  at('giving up one', ({ dead }) => `/give-up?route=handler&id=${dead}`, 'The next callbacks of their'),
  at('giving up selected ones', ({ dead }) => `/give-up?of=selected&id=${dead}`, 'Selected callbacks: 1.'),
  at('routes', '/routes', 'ledger'),
  at('merchants', '/merchants', 'EXAMPLE-expected'),
  at('no such merchants', '/merchants?state=unverifiable', 'No merchant has this state.'),
  at('drift', '/drift', 'subStatus'),
  at('audit', '/audit', 'EXAMPLE-reason'),
  at('settings', '/settings', 'pullsPerMinute'),
];

async function askFor(page: Page, inbox: RunningInbox, reason: string): Promise<void> {
  await page.goto(`${inbox.adminUrl}/inbox/callbacks/${inbox.ids.taken}`);
  await page.getByLabel('Reason to reveal the body, for the audit').fill(reason);
  await button(page, 'Reveal').click();
}

const revealed: readonly InboxState[] = [
  {
    name: 'revealed body',
    reach: async (page, inbox) => {
      await askFor(page, inbox, 'EXAMPLE-reason');
      await page.getByRole('heading', { name: 'The body, revealed' }).waitFor();
    },
  },
  {
    name: 'refused reason',
    reach: async (page, inbox) => {
      await askFor(page, inbox, '  -  ');
      await page.getByText('Give a reason of 3 to 200 characters').waitFor();
    },
  },
];

const scripted: readonly InboxState[] = [
  {
    name: 'selected callbacks',
    reach: async (page, { adminUrl, ids }) => {
      await page.goto(`${adminUrl}/inbox/callbacks`);
      await page.getByLabel(`Select callback ${ids.dead}`).check();
    },
  },
  {
    name: 'shortcuts',
    reach: async (page, { adminUrl }) => {
      await page.goto(`${adminUrl}/inbox/callbacks`);
      await button(page, 'Shortcuts').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'paused',
    reach: async (page, { adminUrl }) => {
      await page.goto(`${adminUrl}/inbox`);
      await button(page, 'Pause updates').click();
      await page.getByText('Updates are paused.').waitFor();
    },
  },
  {
    name: 'saved filter',
    reach: async (page, { adminUrl }) => {
      await page.goto(`${adminUrl}/inbox/callbacks?verdict=drift`);
      await page.getByText(/^Saved filters/).click();
      await page.getByLabel('Name of this filter').fill('EXAMPLE-filter');
      await button(page, 'Save this filter').click();
      await page.getByText('Saved the filter.').waitFor();
      await page.getByText('Saved filters (1)').click();
    },
  },
];

/** Every state of the inbox, in an order in which each state can follow the previous state. */
export const inboxStates: readonly InboxState[] = [...revealed, ...pages, ...scripted];

/** The states of an inbox with users, for a visitor who may only look. */
export const viewerStates: readonly InboxState[] = [
  {
    name: 'wrong password',
    reach: async (page, { adminUrl }) => {
      await page.goto(`${adminUrl}/inbox`);
      await page.getByLabel('Name').fill('viewer');
      await page.getByLabel('Password').fill('wrong');
      await button(page, 'Sign in').click();
      await page.getByText('The name or the password is wrong.').waitFor();
    },
  },
  {
    name: 'overview of a viewer',
    reach: async (page) => {
      await page.getByLabel('Name').fill('viewer');
      await page.getByLabel('Password').fill(passwordOf('viewer'));
      await button(page, 'Sign in').click();
      await page.getByText('in the quarantine').first().waitFor();
    },
  },
  at('callback of a viewer', ({ dead }) => `/callbacks/${dead}`, 'What happened'),
  at('missing role', ({ dead }) => `/redeliver?id=${dead}`, 'This action needs the role operator.'),
  {
    name: 'old form',
    reach: async (page, { adminUrl }) => {
      await page.goto(`${adminUrl}/inbox`);
      await page.evaluate(`document.querySelector('[name=csrf]').value = 'of an earlier session'`);
      await button(page, 'Sign out').click();
      await page.getByText('This form is too old.').waitFor();
    },
  },
];

/** The states of an inbox with admin tokens, before somebody has signed in. */
export const signInStates: readonly InboxState[] = [
  at('sign-in', '/drift', 'Admin token'),
  {
    name: 'failed sign-in',
    reach: async (page) => {
      await page.getByLabel('Admin token').fill('wrong');
      await button(page, 'Sign in').click();
      await page.getByText('This is no admin token.').waitFor();
    },
  },
];
