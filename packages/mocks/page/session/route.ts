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
}

const defaultSandboxId = 'default';

/** Reads a fragment such as `#/default/cases/6553f1?status=pending`. An unknown view becomes the cases. */
export function parseRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?', 2);
  const [sandboxId = '', view = '', id = ''] = path.split('/').map(decode);
  return {
    sandboxId: /^[\w-]{1,64}$/.test(sandboxId) ? sandboxId : defaultSandboxId,
    view: viewNames.find((name) => name === view) ?? 'cases',
    id: id === '' ? undefined : id,
    filters: Object.fromEntries(new URLSearchParams(query)),
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
