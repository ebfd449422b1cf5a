import { clockView } from './clock-view.ts';
import { connect, forgetToken, takeToken, WrongToken } from './connection.ts';
import { byId, element } from './element.ts';
import { chosenSandbox, sandboxChoice } from './sandbox-choice.ts';
import { askForToken } from './sign-in.ts';
import { type Desk, type View, type ViewName, views } from './views.ts';

const looksEveryMs = 1500;

const token = takeToken();
if (token) await open(token);
else askForToken(byId('main'));

/** Opens the desk: the views, of which one is shown, looked at again and again. */
async function open(controlToken: string): Promise<void> {
  const { server, sandbox } = connect(controlToken);
  const control = sandbox(chosenSandbox());
  const sandboxes = sandboxChoice(server);
  let current: ViewName = 'Cases';
  const desk: Desk = { control, act, goTo };
  // `fromEntries` forgets the names that the entries came with.
  const made = Object.fromEntries(
    Object.entries(views).map(([name, make]) => [name, make(desk)]),
  ) as unknown as { readonly [Name in ViewName]: View };
  const clock = clockView(desk);
  const buttons = Object.keys(made).map((name) =>
    element('button', { type: 'button', id: `view-${name}`, click: () => goTo(name as ViewName) }, name),
  );
  byId('views').replaceChildren(...buttons);

  goTo('Cases');
  await keepLooking();

  function goTo(name: ViewName, merchantId?: string): void {
    current = name;
    for (const button of buttons)
      if (button.textContent === name) button.setAttribute('aria-current', 'page');
      else button.removeAttribute('aria-current');
    if (merchantId !== undefined) made[name].turnTo?.(merchantId);
    byId('main').replaceChildren(made[name].place);
    document.title = `${name} · back office · sandbox`;
    void look();
  }

  async function look(): Promise<void> {
    try {
      await sandboxes.look();
      await Promise.all([clock.look(), made[current].look()]);
      if (byId('told').dataset['lost']) tell('Connected again.');
    } catch (error) {
      if (error instanceof WrongToken) signOut();
      else tell('The sandbox does not answer. Trying again…', 'lost');
    }
  }

  async function act(said: string, what: () => Promise<unknown>): Promise<void> {
    try {
      await what();
      tell(said);
    } catch (error) {
      if (error instanceof WrongToken) return signOut();
      tell(error instanceof Error ? error.message : 'That did not work.', 'wrong');
    }
    await look();
  }

  async function keepLooking(): Promise<void> {
    while (takeToken() !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, looksEveryMs));
      if (!document.hidden && takeToken() !== undefined) await look();
    }
  }
}

function signOut(): void {
  forgetToken();
  byId('views').replaceChildren();
  byId('clock').replaceChildren();
  byId('sandboxes').replaceChildren();
  askForToken(byId('main'));
  tell('That is not the control token of this sandbox. A new one is printed at each start.', 'wrong');
}

function tell(message: string, kind?: 'wrong' | 'lost'): void {
  const place = byId('told');
  place.textContent = message;
  for (const name of ['wrong', 'lost']) delete place.dataset[name];
  if (kind) place.dataset[kind] = 'yes';
}
