import type { components } from '../src/control-client.ts';
import { answered } from './connection.ts';
import { element, show } from './element.ts';
import { faultForm } from './fault-form.ts';
import type { Desk, View } from './views.ts';
import { count } from './words.ts';

type Fault = components['schemas']['Fault'];

/** What goes wrong, and a form to have more go wrong. */
export function faultsView(desk: Desk): View {
  const { control } = desk;
  const list = element('ul', { class: 'faults' });
  return {
    place: element(
      'section',
      { class: 'sheet', 'aria-label': 'Faults' },
      element('h2', {}, 'Faults'),
      list,
      faultForm(desk),
    ),
    look: async () => {
      const faults = await answered(control.GET('/faults'));
      show(list, faults, () =>
        faults.length > 0
          ? faults.map((fault) => item(desk, fault))
          : [
              element(
                'li',
                { class: 'quiet' },
                'Nothing goes wrong: every request is answered as it should be.',
              ),
            ],
      );
    },
  };
}

function item({ control, act }: Desk, fault: Fault): HTMLElement {
  const { id, kind, operation, callback, struck, times } = fault;
  const where = operation === undefined ? `callback ${callback}` : operation;
  const heal = () => answered(control.DELETE('/faults/{faultId}', { params: { path: { faultId: id } } }));
  return element(
    'li',
    { class: 'row' },
    element('strong', {}, kind),
    element('span', {}, `on ${where === '*' ? 'every operation' : where}`),
    element(
      'span',
      { class: 'quiet' },
      times === undefined ? `struck ${count(struck, 'time')}` : `struck ${struck} of ${count(times, 'time')}`,
    ),
    element(
      'button',
      {
        type: 'button',
        id: `heal-${id}`,
        'aria-label': `Heal ${kind} on ${where}`,
        click: () => act(`${kind} is healed.`, heal),
      },
      'Heal',
    ),
  );
}
