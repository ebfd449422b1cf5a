import type { Page } from '../markdown/page.ts';

/** Groups of the sidebar, with the slugs of their pages in reading order. */
const groups: readonly (readonly [label: string, slugs: readonly string[]])[] = [
  [
    'Start',
    [
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
  ],
  ['Use', ['client', 'sandbox', 'callback-server', 'testing', 'other-languages']],
  ['Run', ['operate', 'troubleshooting', 'settings', 'commands', 'metrics']],
  ['Trust', ['trust', 'personal-data', 'changelog', 'glossary']],
];

/** One entry of Starlight's sidebar. */
export type SidebarGroup = { label: string; items: { label: string; link: string }[] };

/** The sidebar, with each page in its group. */
export function sidebarOf(pages: readonly Page[]): SidebarGroup[] {
  const titles = new Map(pages.map(({ slug, title }) => [slug, title]));
  return groups.map(([label, slugs]) => ({
    label,
    items: slugs.flatMap((slug) => {
      const title = titles.get(slug);
      return title === undefined ? [] : [{ label: title, link: `/${slug === 'index' ? '' : `${slug}/`}` }];
    }),
  }));
}
