import { confirmRoute } from '../../callback/confirmation.ts';
import type { MerchantCounts } from '../../store/engine/merchant-rows.ts';
import { Bar } from '../frame/bars.tsx';
import { Chip } from '../frame/chip.tsx';
import { Duration } from '../frame/time.tsx';
import { ArrivalsChart } from './arrivals-chart.tsx';
import type { Overview } from './create-overview.ts';
import { LatencyChart } from './latency-chart.tsx';

/** The page counts the quarantine separately. */
function deadLettersOf(routes: Overview['routes']): number {
  return routes.reduce(
    (sum, { route, deadLetters }) => (route === confirmRoute ? sum : sum + deadLetters),
    0,
  );
}

export function OverviewPage({ arrivals, latencies, routes, merchants, quarantined }: Overview) {
  return (
    <div class="columns">
      <section class="sheet wide" aria-labelledby="arrivals-title">
        <h2 id="arrivals-title">Arrivals</h2>
        <ArrivalsChart hours={arrivals} />
      </section>
      <section class="sheet wide" aria-labelledby="latency-title">
        <h2 id="latency-title">From receipt to taken</h2>
        <LatencyChart hours={latencies} />
      </section>
      <section class="sheet" aria-labelledby="attention-title">
        <h2 id="attention-title">For a person</h2>
        <ul class="figures">
          <Figure
            href="/inbox/callbacks?confirmation=quarantined"
            count={quarantined}
            label="in the quarantine"
          />
          <Figure href="/inbox/callbacks?state=dead" count={deadLettersOf(routes)} label="dead letters" />
          <Figure
            href="/inbox/merchants?state=unverifiable"
            count={merchants.unverifiable}
            label="unverifiable merchants"
          />
        </ul>
      </section>
      <section class="sheet" aria-labelledby="backlog-title">
        <h2 id="backlog-title">Waiting deliveries</h2>
        <Backlogs routes={routes} />
      </section>
      <section class="sheet" aria-labelledby="merchants-title">
        <h2 id="merchants-title">Merchants</h2>
        <MerchantFigure {...merchants} />
      </section>
    </div>
  );
}

interface FigureProps {
  readonly href: string;
  readonly count: number;
  readonly label: string;
  /** Whether a person has to look if the count is above 0. @default true */
  readonly isAlarming?: boolean;
}

function Figure({ href, count, label, isAlarming = true }: FigureProps) {
  return (
    <li>
      <a href={href} id={`figure-${label.replaceAll(' ', '-')}`}>
        <strong class={isAlarming && count > 0 ? 'alarming' : undefined}>{count}</strong> {label}
      </a>
    </li>
  );
}

function Backlogs({ routes }: Pick<Overview, 'routes'>) {
  const longest = Math.max(1, ...routes.map(({ open = 0 }) => open));
  return (
    <ul class="backlogs">
      {routes.map(({ route, open = 0, circuit }) => (
        <li>
          <p>
            <a
              href={`/inbox/callbacks?${new URLSearchParams({ route, state: 'open' })}`}
              id={`backlog-${route}`}
            >
              {route}
            </a>{' '}
            <strong>{open}</strong> {circuit === undefined && <Chip word="not here" />}
            {circuit && circuit !== 'closed' && <Chip of="circuit" word={circuit} />}
          </p>
          <Bar parts={[{ tone: 'busy', share: open / longest }]} />
        </li>
      ))}
    </ul>
  );
}

function MerchantFigure({ known, inStep, overdue, unverifiable, oldestOverdueMs }: MerchantCounts) {
  const of = (count: number) => (known > 0 ? count / known : 0);
  return (
    <>
      <Bar
        parts={[
          { tone: 'good', share: of(inStep) },
          { tone: 'waiting', share: of(overdue) },
          { tone: 'bad', share: of(unverifiable) },
        ]}
      />
      <ul class="figures">
        <Figure href="/inbox/merchants" count={known} label="known" isAlarming={false} />
        <Figure href="/inbox/merchants?state=in-step" count={inStep} label="in step" isAlarming={false} />
        <Figure href="/inbox/merchants?state=overdue" count={overdue} label="overdue" />
        <Figure href="/inbox/merchants?state=unverifiable" count={unverifiable} label="unverifiable" />
      </ul>
      {oldestOverdueMs !== null && (
        <p class="quiet">
          The oldest check has been overdue for <Duration milliseconds={oldestOverdueMs} />.
        </p>
      )}
    </>
  );
}
