import { storeToken } from './connection.ts';
import { fromTemplate, part } from './element.ts';

export function showSignIn(root: HTMLElement): void {
  const form = fromTemplate('sign-in', 'form');
  const input = part(form, 'input');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    storeToken(input.value.trim());
    location.reload();
  });
  root.replaceChildren(form);
  input.focus();
}
