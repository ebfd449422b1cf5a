import type { ServerControl } from '../../src/control-client.ts';
import { dataOf } from './connection.ts';
import { byId, element, render } from './element.ts';

const storageKey = 'sandbox';

/** The id of the sandbox that this tab shows. `undefined` means the first sandbox. */
export function selectedSandbox(): string | undefined {
  return sessionStorage.getItem(storageKey) ?? undefined;
}

/** Shows a list of the sandboxes if there are several. */
export async function showSandboxes(server: ServerControl): Promise<void> {
  const ids = (await dataOf(server.GET('/sandboxes'))).map(({ id }) => id);
  const selected = selectedSandbox() ?? ids[0] ?? '';
  if (!ids.includes(selected)) return select(ids[0] ?? '');
  const options = () => (ids.length > 1 ? selectElements(ids, selected) : []);
  render(byId('sandboxes'), [ids, selected], options);
}

function selectElements(ids: readonly string[], selected: string): HTMLElement[] {
  const options = ids.map((id) => element('option', { value: id, selected: id === selected }, id));
  const input = element('select', { id: 'sandbox', change: () => select(input.value) }, ...options);
  return [element('label', { for: 'sandbox' }, 'Sandbox'), input];
}

function select(id: string): void {
  sessionStorage.setItem(storageKey, id);
  location.reload();
}
