import type { ServerControl } from '../src/control-client.ts';
import { answered } from './connection.ts';
import { byId, element, show } from './element.ts';

const key = 'sandbox';

/** The id of the sandbox that this tab looks at; none: the first one. */
export function chosenSandbox(): string | undefined {
  return sessionStorage.getItem(key) ?? undefined;
}

/** A choice of the sandbox to look at, where there is more than one. */
export function sandboxChoice(server: ServerControl): { readonly look: () => Promise<void> } {
  const place = byId('sandboxes');
  return {
    look: async () => {
      const ids = (await answered(server.GET('/sandboxes'))).map(({ id }) => id);
      const chosen = chosenSandbox() ?? ids[0] ?? '';
      if (!ids.includes(chosen)) return choose(ids[0] ?? '');
      show(place, [ids, chosen], () => (ids.length > 1 ? choiceOf(ids, chosen) : []));
    },
  };
}

function choiceOf(ids: readonly string[], chosen: string): HTMLElement[] {
  const options = ids.map((id) => element('option', { value: id, selected: id === chosen }, id));
  const choice = element('select', { id: 'sandbox' }, ...options);
  choice.addEventListener('change', () => choose(choice.value));
  return [element('label', { for: 'sandbox' }, 'Sandbox'), choice];
}

function choose(id: string): void {
  sessionStorage.setItem(key, id);
  location.reload();
}
