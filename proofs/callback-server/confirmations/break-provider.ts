import type { Merchants } from './life-of-merchants.ts';

const minute = 60_000;
const hour = 60 * minute;

/** When every simulation begins. */
export const simulationStart = Date.UTC(2026, 0, 1);

/** What is wrong with the provider. */
export interface ProviderFaults {
  /** Longest time after a decision, or after the outage, for which a pull still shows the former status. */
  readonly maxStaleMs: number;
  /** The hour of the outage, in which every request gets a 503; `undefined` for none. */
  readonly outageHour: number | undefined;
  /** Whether pulls fail now and then: 403, 429, 500, lost and late responses. */
  readonly isFlaky: boolean;
}

/** Makes pulls stale, and breaks them. Returns the times of all requests. */
export function breakProvider(
  { maxStaleMs, outageHour, isFlaky }: ProviderFaults,
  { sandbox, decidedAt }: Merchants,
  random: () => number,
): readonly number[] {
  const decided = new Map<string, { before: string; status: string; staleUntil: number }>();
  const outageStart =
    outageHour === undefined ? Number.POSITIVE_INFINITY : simulationStart + outageHour * hour;
  const visibleAt = (merchantId: string) => {
    const at = decidedAt(merchantId);
    return at < outageStart ? at : Math.max(at, outageStart + hour);
  };
  sandbox.on('pullMerchant', ({ next }) => {
    const response = next();
    if (response.status !== 200) return response;
    const { result } = response.body;
    const { basicDetails } = result.merchantData;
    if (!basicDetails) return response;
    const { id, status } = basicDetails;
    const known = decided.get(id);
    if (known?.status !== status)
      decided.set(id, {
        before: known?.status ?? 'pending',
        status,
        staleUntil: visibleAt(id) + random() * maxStaleMs,
      });
    const { before, staleUntil } = decided.get(id) ?? { before: status, staleUntil: 0 };
    if (Date.now() >= staleUntil) return response;
    const stale = { ...result.merchantData, basicDetails: { ...basicDetails, status: before } };
    return response.patch({ result: { ...result, merchantData: stale } });
  });
  if (isFlaky) {
    for (const kind of ['throttled-403', 'throttled-429', 'lost-response', 'proxy-page'] as const)
      sandbox.faults.add({ operation: 'pullMerchant', kind, rate: 0.04 });
    sandbox.faults.add({ operation: 'pullMerchant', kind: 'status', status: 500, rate: 0.05 });
    sandbox.faults.add({
      operation: 'pullMerchant',
      kind: 'latency-uniform',
      from: 50,
      to: '20s',
      rate: 0.2,
    });
  }
  const times: number[] = [];
  const isOutage = () =>
    outageHour !== undefined && Math.floor((Date.now() - simulationStart) / hour) === outageHour;
  globalThis.fetch = (async (request: Request) => {
    times.push(Date.now());
    if (isOutage()) return new Response('', { status: 503 });
    return sandbox.fetch(request);
  }) as typeof fetch;
  return times;
}

/** The largest number of requests in a minute. */
export function maxInMinute(times: readonly number[]): number {
  let [max, first] = [0, 0];
  for (const [index, time] of times.entries()) {
    while ((times[first] ?? time) <= time - minute) first += 1;
    max = Math.max(max, index - first + 1);
  }
  return max;
}
