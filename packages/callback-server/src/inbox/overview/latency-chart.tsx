import { Duration } from '../frame/time.tsx';
import type { HourOfLatency } from './create-overview.ts';
import { HourTable } from './hour-table.tsx';

const marks = [
  ['1 s', 1000],
  ['1 min', 60_000],
  ['1 h', 3_600_000],
] as const;
const lowestMs = 10;
const highestMs = 86_400_000;

/** The share of the chart's height. Times differ by powers of ten, so each power has the same height. */
function heightOf(milliseconds: number): number {
  const share = Math.log(milliseconds / lowestMs) / Math.log(highestMs / lowestMs);
  return Math.min(1, Math.max(0.02, share));
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/** Times from receipt to taken in the last hours: two bars for each hour, one in front of the other, and a table. */
export function LatencyChart({ hours }: { readonly hours: readonly HourOfLatency[] }) {
  const newest = hours.findLast(({ latency }) => latency);
  if (!newest?.latency) return <p class="quiet">No route has taken a callback of the last 24 hours.</p>;
  return (
    <>
      <p>
        Newest, {newest.hour.toISOString().slice(11, 16)}: half within{' '}
        <strong>
          <Duration milliseconds={newest.latency.p50Ms} />
        </strong>
        , 95 % within{' '}
        <strong>
          <Duration milliseconds={newest.latency.p95Ms} />
        </strong>
        .
      </p>
      <svg class="chart scale" aria-hidden="true">
        {marks.map(([label, milliseconds]) => (
          <>
            <rect class="empty" y={percent(1 - heightOf(milliseconds))} width="100%" height="1" />
            <text x="-3rem" y={percent(1 - heightOf(milliseconds))} dy="0.3em">
              {label}
            </text>
          </>
        ))}
        {hours.map(({ latency }, index) =>
          latency ? (
            <>
              <Bar of="slow" milliseconds={latency.p95Ms} x={index / hours.length} />
              <Bar of="half" milliseconds={latency.p50Ms} x={index / hours.length} />
            </>
          ) : (
            <Bar of="empty" milliseconds={0} x={index / hours.length} />
          ),
        )}
      </svg>
      <HourTable
        id="latency-table"
        label="Time from receipt to taken per hour of receipt, of at most 500 attempts each"
        columns={[
          ['half', 'half within'],
          ['slow', '95 % within'],
        ]}
        rows={hours.map(({ hour, latency }) => ({
          hour,
          cells: latency
            ? [latency.p50Ms, latency.p95Ms].map((each) => <Duration milliseconds={each} />)
            : ['none', 'none'],
        }))}
      />
    </>
  );
}

interface BarProps {
  readonly of: string;
  readonly milliseconds: number;
  readonly x: number;
}

function Bar({ of, milliseconds, x }: BarProps) {
  const height = heightOf(milliseconds);
  return <rect class={of} x={percent(x)} y={percent(1 - height)} width="3.5%" height={percent(height)} />;
}
