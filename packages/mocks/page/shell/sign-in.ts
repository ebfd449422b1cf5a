import { storeToken } from './connection.ts';
import { element } from './element.ts';

const help =
  'The sandbox printed a control token and an address that contains the token when it started. ' +
  'The page stores the token in this tab only.';

export function showSignIn(root: HTMLElement): void {
  const input = element('input', {
    id: 'token',
    type: 'password',
    autocomplete: 'off',
    required: true,
    spellcheck: 'false',
  });
  const submit = (event: Event) => {
    event.preventDefault();
    storeToken(input.value.trim());
    location.reload();
  };
  const form = element(
    'form',
    { class: 'sign-in', submit },
    element('h2', {}, 'Sign in'),
    element('p', {}, help),
    element('label', { for: 'token' }, 'Control token'),
    input,
    element('button', { type: 'submit', class: 'main' }, 'Open the back office'),
  );
  root.replaceChildren(form);
  input.focus();
}
