import type { Page } from '../markdown/page.ts';

/** A group of the sidebar and of `llms.txt`. */
export interface PageGroup {
  readonly label: string;
  readonly pages: readonly Page[];
}

/** Groups of pages in reading order. A name that ends with `/` stands for every page below it. */
const plan: Readonly<Record<string, readonly string[]>> = {
  Start: [
    'index',
    'quick-start',
    'onboard',
    'login',
    'push',
    'statuses',
    'callbacks',
    'unknown-outcome',
    'go-live',
  ],
  Build: ['testing', 'your-tenant', 'other-languages'],
  Client: [
    'client',
    'client/errors',
    'client/retries',
    'client/decisions',
    'client/events',
    'client/guards',
    'client/openapi-fetch',
    'client/environments',
    'client/guarantees',
  ],
  Sandbox: [
    'sandbox',
    'sandbox/steer',
    'sandbox/faults',
    'sandbox/state',
    'sandbox/server',
    'sandbox/fidelity',
    'sandbox/evidence',
  ],
  'Callback server': [
    'callback-server',
    'callback-server/first-callback',
    'callback-server/authentication',
    'callback-server/confirmation',
    'callback-server/reconcile',
    'callback-server/delivery',
    'callback-server/queues',
    'callback-server/embed',
    'callback-server/storage',
    'callback-server/encryption',
    'callback-server/inbox',
    'callback-server/inbox-access',
    'callback-server/admin',
    'callback-server/notify',
    'callback-server/capacity',
    'callback-server/evidence',
  ],
  Operate: [
    'deploy',
    'operate',
    'drift',
    'troubleshooting',
    'settings',
    'commands',
    'metrics',
    'control-api',
  ],
  API: ['operations', 'operations/', 'events/', 'errors', 'errors/'],
  Background: ['trust', 'personal-data', 'glossary', 'changelog', 'versions'],
};

/**
 * The pages in their groups.
 *
 * @throws Error if a page is in no group, because readers could not find it, or if a group names a page that is missing.
 */
export function groups(pages: readonly Page[]): PageGroup[] {
  const planned = Object.entries(plan).map(([label, names]) => ({
    label,
    pages: names.flatMap((name) => pagesOf(pages, name)),
  }));
  const found = new Set(planned.flatMap((group) => group.pages));
  const missing = pages.filter((page) => !found.has(page));
  if (missing.length > 0)
    throw new Error(`No group of the sidebar has the page ${missing[0]?.slug}. Add the page to sidebar.ts.`);
  return planned;
}

function pagesOf(pages: readonly Page[], name: string): Page[] {
  const found = pages.filter(({ slug }) => (name.endsWith('/') ? slug.startsWith(name) : slug === name));
  if (found.length === 0)
    throw new Error(`A group of the sidebar names ${name}, which is no page. Remove it from sidebar.ts.`);
  return found;
}

/** The groups as Starlight's sidebar. */
export function sidebarOf(pages: readonly Page[]) {
  const reference = { label: 'Reference: search and unfold', link: '/reference/' };
  return groups(pages).map((group) => {
    const items = group.pages.map(({ slug, title }) => ({
      label: slug === 'index' ? 'Overview' : title,
      link: slug === 'index' ? '/' : `/${slug}/`,
    }));
    return { label: group.label, items: group.label === 'API' ? [reference, ...items] : items };
  });
}
