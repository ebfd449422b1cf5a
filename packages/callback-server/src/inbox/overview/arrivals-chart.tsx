import { verdicts } from '../../callback/verdict.ts';
import type { HourOfArrivals } from './create-arrivals.ts';
import { HourTable } from './hour-table.tsx';

const width = 24;
const gap = 4;
const height = 120;

/** Arrivals of the last hours as a stacked bar for each, and the same numbers as a table. */
export function ArrivalsChart({ hours }: { readonly hours: readonly HourOfArrivals[] }) {
  const sums = hours.map(({ counts }) => total(counts));
  const highest = Math.max(1, ...sums);
  const all = sums.reduce((sum, each) => sum + each, 0);
  return (
    <>
      <p>
        In {hours.length} hours: <strong>{all}</strong>. In one hour at most: {Math.max(0, ...sums)}.
      </p>
      <svg
        class="chart"
        viewBox={`0 0 ${hours.length * width} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {hours.map(({ counts }, index) => (
          <Column counts={counts} x={index * width} scale={height / highest} />
        ))}
      </svg>
      <HourTable
        id="arrivals-table"
        label="Arrivals per hour by verdict"
        columns={verdicts.map((verdict) => [verdict, verdict])}
        rows={hours.map(({ hour, counts }) => ({ hour, cells: verdicts.map((verdict) => counts[verdict]) }))}
      />
    </>
  );
}

function total(counts: HourOfArrivals['counts']): number {
  return verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
}

interface ColumnProps {
  readonly counts: HourOfArrivals['counts'];
  readonly x: number;
  /** Height of one callback. */
  readonly scale: number;
}

function Column({ counts, x, scale }: ColumnProps) {
  let top = height;
  return (
    <>
      <rect class="empty" x={x} y={height - 2} width={width - gap} height="2" />
      {verdicts.map((verdict) => {
        const length = counts[verdict] * scale;
        top -= length;
        return length > 0 && <rect class={verdict} x={x} y={top} width={width - gap} height={length} />;
      })}
    </>
  );
}
