import { isFilter } from './filter-words.ts';

/** The views, in the order of the navigation. */
export const viewNames = ['cases', 'callbacks', 'journal', 'faults', 'sandbox'] as const;

export type ViewName = (typeof viewNames)[number];

/** What the page shows. The fragment of the address contains all of it, so that a link leads to the same place. */
export interface Route {
  readonly sandboxId: string;
  readonly view: ViewName;
  /** The selected case, callback or journal entry. */
  readonly id?: string | undefined;
  /** The search and the filters of the view, by name. */
  readonly filters: { readonly [name: string]: string };
  /** The parts of the address that mean nothing, and that the page ignores. */
  readonly ignored?: readonly string[];
}

const defaultSandboxId = 'default';

/** Reads a fragment such as `#/default/cases/6553f1?status=pending`. An unknown view becomes the cases. */
export function parseRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?', 2);
  const given = path.split('/');
  const [sandboxId = '', view = '', id = ''] = given.map(decode);
  const isSandboxId = /^[\w-]{1,64}$/.test(sandboxId);
  const known = viewNames.find((name) => name === view);
  const isKnown = [isSandboxId, known !== undefined, id !== ''];
  const name = known ?? 'cases';
  const filters = [...new URLSearchParams(query)].filter(([, value]) => value !== '');
  const isMeant = ([filter, value]: readonly [string, string]) => isFilter(name, filter, value);
  return {
    sandboxId: isSandboxId ? sandboxId : defaultSandboxId,
    view: name,
    id: known === undefined || id === '' ? undefined : id,
    filters: Object.fromEntries(filters.filter(isMeant)),
    ignored: [
      ...given.filter((part, at) => part !== '' && !isKnown[at]),
      ...filters.filter((filter) => !isMeant(filter)).map((filter) => filter.join('=')),
    ],
  };
}

/** The reverse of `parseRoute`. Empty filters are left out. */
export function hrefOf({ sandboxId, view, id, filters }: Route): string {
  const path = [sandboxId, view, ...(id === undefined ? [] : [id])].map(encodeURIComponent).join('/');
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString();
  return `#/${path}${query === '' ? '' : `?${query}`}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
