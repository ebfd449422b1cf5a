import { operations } from '@partner-ecosystem/openapi/operations';
import type { components } from '../src/control-client.ts';
import { callbackFaultKinds, requestFaultKinds } from '../src/core/faults/fault-kinds.ts';
import { answered } from './connection.ts';
import { element } from './element.ts';
import type { Desk } from './views.ts';

/** What a kind must be told, or is better told, beside where it strikes. */
const details: { readonly [kind: string]: string } = {
  status: '{"status": 503}',
  latency: '{"delay": "2s"}',
  'latency-uniform': '{"from": "100ms", "to": "2s"}',
  'latency-long-tail': '{"median": "100ms", "longest": "20s"}',
  delay: '{"by": "1m"}',
};

/** A form to have something go wrong. The control API holds it to its description; the form does not know better. */
export function faultForm({ control, act }: Desk): HTMLElement {
  const where = select('where', [
    ...['*', ...Object.keys(operations)].map(
      (name) => [`operation ${name}`, name === '*' ? 'every operation' : name] as const,
    ),
    ...['*', 'pending', 'accept', 'reject'].map(
      (name) => [`callback ${name}`, name === '*' ? 'every callback' : `${name} callback`] as const,
    ),
  ]);
  const kind = select('kind', []);
  const more = element('input', { id: 'fault-more', name: 'more', spellcheck: 'false' });
  const shows = element('p', { class: 'quiet', id: 'fault-shows' });
  const form = element(
    'form',
    { class: 'fault-form', 'aria-labelledby': 'fault-title' },
    element('h3', { id: 'fault-title' }, 'Have something go wrong'),
    element(
      'div',
      { class: 'fields' },
      field('Where', where),
      field('What', kind),
      field(
        'How often',
        element('input', { id: 'fault-times', name: 'times', type: 'number', min: 1, value: 1 }),
      ),
      field('Heals after', element('input', { id: 'fault-ttl', name: 'ttl', value: '10m', size: 6 })),
      field('Details, as JSON', more),
    ),
    shows,
    element('button', { type: 'submit', class: 'main' }, 'Add the fault'),
  );
  where.addEventListener('change', offerKinds);
  kind.addEventListener('change', explain);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void act('The fault is in force.', async () => {
      await answered(control.POST('/faults', { body: specOf(new FormData(form)) }));
    });
  });
  offerKinds();
  return form;

  function offerKinds(): void {
    const kinds = where.value.startsWith('callback') ? callbackFaultKinds : requestFaultKinds;
    kind.replaceChildren(...Object.keys(kinds).map((name) => element('option', { value: name }, name)));
    explain();
  }

  function explain(): void {
    const known: { readonly [kind: string]: string | { readonly shows: string } } = where.value.startsWith(
      'callback',
    )
      ? callbackFaultKinds
      : requestFaultKinds;
    const facts = known[kind.value];
    shows.textContent = `Shows: ${typeof facts === 'object' ? facts.shows : facts}.`;
    more.value = details[kind.value] ?? '';
  }
}

function specOf(form: FormData): components['schemas']['FaultSpec'] {
  const text = (name: string) => `${form.get(name) ?? ''}`.trim();
  const [target = '', name = ''] = text('where').split(' ');
  const times = text('times');
  const spec = {
    ...readDetails(text('more')),
    [target]: name,
    kind: text('kind'),
    ...(times !== '' && { times: Number(times) }),
    ...(text('ttl') !== '' && { ttl: text('ttl') }),
  };
  return spec as components['schemas']['FaultSpec']; // The control API says what is wrong with it, if something is.
}

function readDetails(json: string): object {
  try {
    return Object(json === '' ? {} : JSON.parse(json));
  } catch {
    throw new Error('The details are not JSON, such as {"status": 503}.');
  }
}

function select(
  name: string,
  options: readonly (readonly [value: string, label: string])[],
): HTMLSelectElement {
  const made = options.map(([value, label]) => element('option', { value }, label));
  return element('select', { id: `fault-${name}`, name }, ...made);
}

function field(label: string, control: HTMLElement): HTMLElement {
  return element('div', {}, element('label', { for: control.id }, label), control);
}
