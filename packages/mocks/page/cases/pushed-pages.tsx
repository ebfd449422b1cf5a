import type { MerchantDetails } from '../control/schemas.ts';
import { ValueTable } from '../parts/value-table.tsx';

interface PushedPagesProps {
  readonly details: MerchantDetails;
  readonly fetchRevealed: () => Promise<MerchantDetails>;
}

/** The pushed data, by page and widget. */
export function PushedPages({ details: { pages }, fetchRevealed }: PushedPagesProps) {
  if (pages.length === 0) return <p class="quiet">No data yet. The partner pushes data with pushMerchant.</p>;
  return (
    <>
      {pages.map(({ pageId, pageType, widgets }, pageIndex) => (
        <section key={pageId} class="page" aria-label={`Page ${pageIndex + 1}`}>
          <h4>
            Page {pageIndex + 1}{' '}
            <span class="quiet">
              {pageType} · <code>{pageId}</code>
            </span>
          </h4>
          {widgets.map(({ name, data }, widgetIndex) => (
            <ValueTable
              key={name}
              caption={name}
              values={data}
              reveal={async (variable) =>
                (await fetchRevealed()).pages[pageIndex]?.widgets[widgetIndex]?.data[variable]
              }
            />
          ))}
        </section>
      ))}
    </>
  );
}
