import type { MerchantCounts } from '../../store/engine/merchant-rows.ts';
import type { ListedMerchantState } from '../../store/engine/merchant-statements.ts';
import type { KnownMerchant } from '../../store/merchants.ts';
import { Chip } from '../frame/chip.tsx';
import { Scroller } from '../frame/scroller.tsx';
import { Time } from '../frame/time.tsx';

export const merchantStates: readonly ListedMerchantState[] = ['in-step', 'overdue', 'unverifiable'];

interface MerchantsPageProps {
  readonly merchants: readonly KnownMerchant[];
  readonly counts: MerchantCounts;
  readonly state: ListedMerchantState | undefined;
  /** The merchant that the next page begins after. */
  readonly after: string | undefined;
}

/** The merchants whose callbacks are expected, and their states. */
export function MerchantsPage({ merchants, counts, state, after }: MerchantsPageProps) {
  const { known, inStep, overdue, unverifiable } = counts;
  const views = [
    [undefined, `All ${known}`],
    ['in-step', `In step ${inStep}`],
    ['overdue', `Overdue ${overdue}`],
    ['unverifiable', `Unverifiable ${unverifiable}`],
  ] as const;
  return (
    <>
      <nav class="pager" aria-label="States of merchants">
        {views.map(([each, label]) => (
          <a
            class="button"
            href={`/inbox/merchants${each ? `?state=${each}` : ''}`}
            aria-current={each === state ? 'page' : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      {merchants.length === 0 ? (
        <p class="sheet">
          {known === 0
            ? 'No merchant is known yet. Merchants of delivered callbacks appear here.'
            : 'No merchant has this state.'}
        </p>
      ) : (
        <MerchantTable merchants={merchants} />
      )}
      {after && (
        <nav class="pager" aria-label="Pages">
          <a
            class="button"
            rel="next"
            href={`/inbox/merchants?${new URLSearchParams({ ...(state && { state }), after })}`}
          >
            More
          </a>
        </nav>
      )}
    </>
  );
}

function MerchantTable({ merchants }: Pick<MerchantsPageProps, 'merchants'>) {
  return (
    <div class="sheet">
      <Scroller label="Merchants">
        <table>
          <caption class="hidden">Merchants</caption>
          <thead>
            <tr>
              <th scope="col">Merchant</th>
              <th scope="col">State</th>
              <th scope="col">Expected since</th>
              <th scope="col">Next check</th>
              <th scope="col">Why the last check failed</th>
            </tr>
          </thead>
          <tbody>
            {merchants.map(({ merchantId, state, expectedAt, nextAt, reason }) => (
              <tr data-row>
                <th scope="row" class="reference">
                  {merchantId === undefined ? (
                    <span class="quiet">This server lacks the master key.</span>
                  ) : (
                    <a href={`/inbox/callbacks?${new URLSearchParams({ merchantId })}`}>{merchantId}</a>
                  )}
                </th>
                <td>
                  <Chip word={state} />
                </td>
                <td>
                  <Time at={expectedAt} />
                </td>
                <td>
                  <Time at={nextAt} />
                </td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}
