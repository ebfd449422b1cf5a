import { createControl } from '../src/control-client.ts';
import { createClock } from './shell/clock.ts';
import { forgetToken, InvalidTokenError, readToken } from './shell/connection.ts';
import { button, byId } from './shell/element.ts';
import { type PageContext, type View, type ViewName, viewNames } from './shell/page-context.ts';
import { selectedSandbox, showSandboxes } from './shell/sandbox-select.ts';
import { showSignIn } from './shell/sign-in.ts';
import { createCallbacksView } from './views/callbacks-view.ts';
import { createCasesView } from './views/cases-view.ts';
import { createFaultsView } from './views/faults-view.ts';
import { createJournalView } from './views/journal-view.ts';

const refreshIntervalMs = 1500;

const token = readToken();
if (token) await open(token);
else showSignIn(byId('main'));

/** Opens the back office and refreshes the visible view until the person is signed out. */
async function open(controlToken: string): Promise<void> {
  const { server, sandbox } = createControl({ url: location.origin, token: controlToken });
  const context: PageContext = { control: sandbox(selectedSandbox()), act, goTo };
  const showTime = createClock(context);
  const views: { readonly [Name in ViewName]: View } = {
    Cases: createCasesView(context),
    Callbacks: createCallbacksView(context),
    Faults: createFaultsView(context),
    Journal: createJournalView(context),
  };
  const buttons = viewNames.map((name) => button({ id: `view-${name}`, click: () => goTo(name) }, name));
  byId('views').replaceChildren(...buttons);
  let current: ViewName = 'Cases';

  goTo('Cases');
  await keepRefreshing();

  function goTo(name: ViewName, merchantId?: string): void {
    current = name;
    for (const each of buttons)
      if (each.textContent === name) each.setAttribute('aria-current', 'page');
      else each.removeAttribute('aria-current');
    if (merchantId !== undefined) views[name].select?.(merchantId);
    byId('main').replaceChildren(views[name].root);
    document.title = `${name} · back office · sandbox`;
    void refresh();
  }

  async function refresh(): Promise<void> {
    try {
      await showSandboxes(server);
      await Promise.all([showTime(), views[current].refresh()]);
      if (byId('status').dataset['lost']) showStatus('Connected again.');
    } catch (error) {
      if (error instanceof InvalidTokenError) signOut();
      else showStatus('The sandbox does not respond. Trying again…', 'lost');
    }
  }

  async function act(message: string, action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
      showStatus(message);
    } catch (error) {
      if (error instanceof InvalidTokenError) return signOut();
      showStatus(error instanceof Error ? error.message : 'The action failed.', 'wrong');
    }
    await refresh();
  }

  async function keepRefreshing(): Promise<void> {
    while (readToken() !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, refreshIntervalMs));
      if (!document.hidden && readToken() !== undefined) await refresh();
    }
  }
}

function signOut(): void {
  forgetToken();
  for (const id of ['views', 'clock', 'sandboxes']) byId(id).replaceChildren();
  showSignIn(byId('main'));
  showStatus('This is not the control token of this sandbox. Each start prints a new token.', 'wrong');
}

function showStatus(message: string, kind?: 'wrong' | 'lost'): void {
  const root = byId('status');
  root.textContent = message;
  for (const name of ['wrong', 'lost']) delete root.dataset[name];
  if (kind) root.dataset[kind] = 'yes';
}
