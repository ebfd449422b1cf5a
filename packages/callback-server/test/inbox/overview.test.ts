import { expect, onTestFinished, test, vi } from 'vitest';
import { createArrivals } from '../../src/inbox/overview/create-arrivals.ts';
import { createOverview } from '../../src/inbox/overview/create-overview.ts';
import { percentile } from '../../src/inbox/overview/percentile.ts';

const none = { valid: 0, drift: 0, invalid: 0, unparsable: 0 };
const noon = Date.UTC(2026, 0, 2, 12);
const minute = 60_000;

/** Notes the hours whose arrivals were read. The count of an hour is the number of the read. */
function countingHours() {
  const asked: string[] = [];
  const read = createArrivals(async (time) => {
    asked.push(time.toISOString().slice(8, 13));
    return { ...none, valid: asked.length };
  });
  return { asked, read };
}

test('the arrivals of the running hour and of the 23 hours before are counted', async () => {
  const { read } = countingHours();
  const hours = await read(noon + 30 * minute);
  expect(hours).toHaveLength(24);
  expect([hours[0]?.hour, hours[23]?.hour]).toEqual([new Date(noon - 23 * 60 * minute), new Date(noon)]);
});

test('an hour that has ended is counted once, and the running hour each time', async () => {
  const { asked, read } = countingHours();
  const first = await read(noon + 30 * minute);
  asked.length = 0;
  const second = await read(noon + 31 * minute);
  expect(asked).toEqual(['02T12']);
  expect(second.slice(0, 23)).toEqual(first.slice(0, 23));
});

test('an hour that has just ended is counted once more, because a commit takes time', async () => {
  const { asked, read } = countingHours();
  await read(noon + 59 * minute);
  asked.length = 0;
  await read(noon + 60 * minute + 30_000);
  await read(noon + 61 * minute);
  await read(noon + 62 * minute);
  expect(asked).toEqual(['02T12', '02T13', '02T12', '02T13', '02T13']);
});

test('after a jump of the clock the hours are counted again', async () => {
  const { asked, read } = countingHours();
  await read(noon);
  asked.length = 0;
  await read(noon - 48 * 60 * minute);
  expect(asked).toHaveLength(24);
});

test.each([
  [[], 0.5, Number.NaN],
  [[7], 0.95, 7],
  [[1, 2, 3, 4], 0.5, 2],
  [[4, 3, 2, 1], 0.95, 4],
  [Array.from({ length: 100 }, (_, index) => index + 1), 0.95, 95],
])('the percentile of %j at %f is %f', (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});

test('the overview has the latency of each hour in which a callback arrived that a route took', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon + 30 * minute });
  onTestFinished(() => void vi.useRealTimers());
  const byHour: Record<number, number[]> = { [noon]: [10, 20, 400], [noon - 60 * minute]: [7] };
  const merchants = { known: 0, inStep: 0, overdue: 0, unverifiable: 0, oldestOverdueMs: null };
  const overview = await createOverview({
    store: {
      arrivals: async () => none,
      countQuarantined: async () => 3,
      latencies: async (time) => byHour[time.getTime()] ?? [],
    },
    readRoutes: async () => ({ routes: [] }),
    readMerchants: async () => merchants,
  })();
  expect(overview).toMatchObject({ routes: [], merchants, quarantined: 3 });
  expect(overview.latencies.slice(22)).toEqual([
    { hour: new Date(noon - 60 * minute), latency: { p50Ms: 7, p95Ms: 7 } },
    { hour: new Date(noon), latency: { p50Ms: 20, p95Ms: 400 } },
  ]);
  expect(overview.latencies.slice(0, 22).map(({ latency }) => latency)).toEqual(Array(22).fill(undefined));
});
