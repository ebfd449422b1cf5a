import { keepToken } from './connection.ts';
import { element } from './element.ts';

/** Asks for the control token, once. */
export function askForToken(place: HTMLElement): void {
  const input = element('input', {
    id: 'token',
    type: 'password',
    autocomplete: 'off',
    required: true,
    spellcheck: 'false',
  });
  const form = element(
    'form',
    { class: 'sign-in' },
    element('h2', {}, 'Come in'),
    element(
      'p',
      {},
      'The sandbox printed a control token as it started, and an address that holds it. The token stays in this tab.',
    ),
    element('label', { for: 'token' }, 'Control token'),
    input,
    element('button', { type: 'submit', class: 'main' }, 'Open the back office'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    keepToken(input.value.trim());
    location.reload();
  });
  place.replaceChildren(form);
  input.focus();
}
