import type { components } from '../../src/control-client.ts';
import { dataOf } from '../shell/connection.ts';
import { button, element, render } from '../shell/element.ts';
import { formatCount } from '../shell/format.ts';
import type { PageContext, View } from '../shell/page-context.ts';
import { faultForm } from './fault-form.ts';

type Fault = components['schemas']['Fault'];

export function createFaultsView(context: PageContext): View {
  const list = element('ul', { class: 'faults' });
  const heading = element('h2', {}, 'Faults');
  return {
    root: element('section', { class: 'sheet', 'aria-label': 'Faults' }, heading, list, faultForm(context)),
    refresh: async () => {
      const faults = await dataOf(context.control.GET('/faults'));
      render(list, faults, () =>
        faults.length > 0
          ? faults.map((fault) => faultItem(context, fault))
          : [element('li', { class: 'quiet' }, 'No faults. The sandbox responds to every request normally.')],
      );
    },
  };
}

function faultItem({ control, act }: PageContext, fault: Fault): HTMLElement {
  const { id, kind, operation, callback, struck, times } = fault;
  const where = operation === undefined ? `callback ${callback}` : operation;
  const path = { faultId: id };
  const remove = () => dataOf(control.DELETE('/faults/{faultId}', { params: { path } }));
  const count =
    times === undefined ? formatCount(struck, 'time') : `${struck} of ${formatCount(times, 'time')}`;
  return element(
    'li',
    { class: 'row' },
    element('strong', {}, kind),
    element('span', {}, `on ${where === '*' ? 'every operation' : where}`),
    element('span', { class: 'quiet' }, `struck ${count}`),
    button(
      {
        id: `remove-${id}`,
        'aria-label': `Remove ${kind} on ${where}`,
        click: () => act(`${kind} was removed.`, remove),
      },
      'Remove',
    ),
  );
}
