import type { components } from '../src/control-client.ts';
import { answered } from './connection.ts';
import { element, show } from './element.ts';
import type { Desk, View } from './views.ts';
import { moment } from './words.ts';

type Entry = components['schemas']['JournalEntry'];
type Coverage = components['schemas']['Coverage'];
type Fidelity = components['schemas']['Fidelity'];

const meanings: { readonly [F in Fidelity]: string } = {
  documented: 'the provider says so',
  observed: 'seen in the framework or at a neighbour',
  assumed: 'our reading; check it with the provider',
};

/** What was asked and answered, as it happens, with how well the behaviour is known. */
export function journalView({ control }: Desk): View {
  const legend = Object.entries(meanings).map(([fidelity, meaning]) =>
    element('li', {}, element('span', { class: `fidelity ${fidelity}` }, fidelity), ` ${meaning}`),
  );
  const seen = element('p', { class: 'row' });
  const body = element('tbody');
  const headings = ['Time', 'What', 'Status', 'By', 'Known', 'Why, and the whole entry'].map((heading) =>
    element('th', { scope: 'col' }, heading),
  );
  const table = element(
    'table',
    { class: 'journal' },
    element('caption', {}, 'The newest hundred entries, without personal data'),
    element('thead', {}, element('tr', {}, ...headings)),
    body,
  );
  return {
    place: element(
      'section',
      { class: 'sheet', 'aria-label': 'Journal' },
      element('h2', {}, 'Journal'),
      seen,
      element('ul', { class: 'legend' }, ...legend),
      element('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Entries' }, table),
    ),
    look: async () => {
      const query = { limit: 100 };
      const [entries, coverage] = await Promise.all([
        answered(control.GET('/journal', { params: { query } })),
        answered(control.GET('/coverage')),
      ]);
      show(seen, coverage, () => coverageLine(coverage));
      show(body, entries, () => entries.toReversed().map(row));
    },
  };
}

function coverageLine({ seen, total }: Coverage): HTMLElement[] {
  const id = 'coverage';
  const text = `${seen} of the ${total} answers, moves and callbacks that there are`;
  return [
    element('label', { for: id, class: 'inline' }, 'Seen so far:'),
    element('meter', { id, min: 0, max: total, value: seen }, text),
    element('span', {}, text),
  ];
}

function row(entry: Entry): HTMLElement {
  const { id, at, fidelity, basis } = entry;
  return element(
    'tr',
    {},
    element('td', {}, moment(at)),
    element('td', {}, element('code', {}, whatOf(entry))),
    element('td', {}, statusOf(entry)),
    element('td', {}, byWhom(entry)),
    element('td', {}, element('span', { class: `fidelity ${fidelity}`, title: basis }, fidelity)),
    element(
      'td',
      {},
      element(
        'details',
        { id: `entry-${id}` },
        element('summary', {}, basis),
        element(
          'pre',
          { tabindex: 0, role: 'group', 'aria-label': `Entry ${id}` },
          JSON.stringify(entry, null, 2),
        ),
      ),
    ),
  );
}

function whatOf({ kind, operation, from, to, event }: Entry): string {
  if (kind === 'move') return `${from} → ${to}`;
  return kind === 'callback' ? `callback ${event}` : (operation ?? '');
}

function statusOf({ kind, status, problem }: Entry): HTMLElement | string {
  if (kind === 'move') return '';
  if (!status) return element('span', { class: 'status s5' }, problem ?? 'none');
  return element('span', { class: `status s${Math.floor(status / 100)}` }, `${status}`);
}

/** Who moved a case; or which part of the sandbox answered, and with what faults. */
function byWhom({ kind, by, answeredBy, faults = [] }: Entry): string {
  const who = kind === 'move' ? by : answeredBy;
  return [who, ...faults].filter((word) => word !== undefined).join(', ');
}
