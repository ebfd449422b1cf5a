import type { components } from '../../src/control-client.ts';
import { dataOf } from '../shell/connection.ts';
import { element, fromTemplate, jsonDetails, part, render } from '../shell/element.ts';
import { formatTime } from '../shell/format.ts';
import type { PageContext, View } from '../shell/page-context.ts';

type Entry = components['schemas']['JournalEntry'];
type Coverage = components['schemas']['Coverage'];
type Fidelity = components['schemas']['Fidelity'];

const meanings: { readonly [F in Fidelity]: string } = {
  documented: 'the provider documents it',
  observed: 'seen in the provider’s framework or in a related product',
  assumed: 'our reading; check it with the provider',
};

/** Shows the newest requests, moves and callbacks, with the fidelity of each. */
export function createJournalView({ control }: PageContext): View {
  const root = fromTemplate('journal', 'section');
  const coverageLine = part(root, 'p');
  const body = part(root, 'tbody');
  const legend = Object.entries(meanings).map(([fidelity, meaning]) =>
    element('li', {}, element('span', { class: `fidelity ${fidelity}` }, fidelity), ` ${meaning}`),
  );
  part(root, 'ul').replaceChildren(...legend);
  return {
    root,
    refresh: async () => {
      const [entries, coverage] = await Promise.all([
        dataOf(control.GET('/journal', { params: { query: { limit: 100 } } })),
        dataOf(control.GET('/coverage')),
      ]);
      render(coverageLine, coverage, () => coverageElements(coverage));
      render(body, entries, () => entries.toReversed().map(entryRow));
    },
  };
}

function coverageElements({ seen, total }: Coverage): HTMLElement[] {
  const id = 'coverage';
  const text = `${seen} of all ${total} responses, moves and callbacks`;
  return [
    element('label', { for: id, class: 'inline' }, 'Seen so far:'),
    element('meter', { id, min: 0, max: total, value: seen }, text),
    element('span', {}, text),
  ];
}

function entryRow(entry: Entry): HTMLElement {
  const { id, at, fidelity, basis } = entry;
  const cells = [
    formatTime(at),
    element('code', {}, subjectOf(entry)),
    statusOf(entry),
    actorOf(entry),
    element('span', { class: `fidelity ${fidelity}`, title: basis }, fidelity),
    jsonDetails(`entry-${id}`, basis, `Entry ${id}`, entry),
  ];
  return element('tr', {}, ...cells.map((cell) => element('td', {}, cell)));
}

function subjectOf({ kind, operation, from, to, event }: Entry): string {
  if (kind === 'move') return `${from} → ${to}`;
  return kind === 'callback' ? `callback ${event}` : (operation ?? '');
}

function statusOf({ kind, status, problem }: Entry): HTMLElement | string {
  if (kind === 'move') return '';
  if (!status) return element('span', { class: 'status s5' }, problem ?? 'none');
  return element('span', { class: `status s${Math.floor(status / 100)}` }, `${status}`);
}

/** The person who moved the case, or the part of the sandbox that responded and the faults that struck. */
function actorOf({ kind, by, answeredBy, faults = [] }: Entry): string {
  const actor = kind === 'move' ? by : answeredBy;
  return [actor, ...faults].filter((word) => word !== undefined).join(', ');
}
