import { RedeliveryError } from '../../maintenance/redelivery-error.ts';
import { readRedelivery } from '../../maintenance/redelivery-request.ts';
import type { Redelivery, RedeliveryCounts } from '../../store/redeliver.ts';
import type { Texts } from '../frame/form-texts.ts';
import { readOnce } from '../frame/read-once.ts';
import type { Fields } from './confirm-form.tsx';
import { redeliveryWords } from './redelivery-words.ts';

/** More than a page of a list has. */
const maxIds = 200;

const limits = ['merchantId', 'event', 'since', 'until'] as const;

/** Fields that occur once. Their texts are checked together with the texts of the request. */
const once = Object.fromEntries(
  (['of', 'route', ...limits] as const).map((name) => [name, () => undefined]),
  // Every name has a check.
) as Record<'of' | 'route' | (typeof limits)[number], () => undefined>;

/** A redelivery as a page or a form asks for it: of some callbacks, or of all within limits. */
export interface AskedRedelivery {
  readonly ids: readonly string[];
  readonly states: readonly string[];
  /** Everything that was asked, for the next form. */
  readonly fields: Fields;
  /** Missing before a route is chosen. */
  readonly requests?: readonly [Redelivery, ...Redelivery[]];
}

/** @throws RedeliveryError naming the first field that is unknown or invalid. */
export function readAskedRedelivery({ id: ids = [], state: given = [], ...others }: Texts): AskedRedelivery {
  const { texts, problems } = readOnce(others, once);
  if (problems[0] !== undefined) throw new RedeliveryError(problems[0]);
  const { of, route } = texts;
  // Without an id, all callbacks would be meant.
  if (of && ids.length === 0)
    throw new RedeliveryError('No callback is selected. Select at least one callback.');
  if (ids.length > maxIds) throw new RedeliveryError(`id must be given at most ${maxIds} times.`);
  const states = given.join(',').split(',').filter(Boolean);
  const limited = limits.flatMap((name) => {
    const text = texts[name];
    return text ? [[name, text] as const] : [];
  });
  const fields: Fields = [
    ...ids.map((id) => ['id', id] as const),
    ...limited,
    ...(route ? [['route', route] as const] : []),
    ...(states.length > 0 ? [['state', states.join()] as const] : []),
  ];
  if (!route) return { ids, states, fields };
  const shared = {
    route,
    ...(states.length > 0 && { state: states.join() }),
    ...Object.fromEntries(limited),
  };
  // Each delivery is tried as soon as it is opened, so the oldest callback of a merchant comes first.
  const [first, ...rest] = ids.toSorted();
  const requestFor = (id: string | undefined) => readRedelivery({ ...shared, id });
  return { ids, states, fields, requests: [requestFor(first), ...rest.map(requestFor)] };
}

/** Adds up the counts of several redeliveries, one after the other. */
export async function sumCounts(
  requests: readonly Redelivery[],
  redeliver: (request: Redelivery) => Promise<RedeliveryCounts>,
): Promise<RedeliveryCounts> {
  const sum = { dead: 0, missing: 0, taken: 0, overtaken: 0, damaged: 0 };
  for (const request of requests) {
    const counts = await redeliver(request);
    for (const [state] of redeliveryWords) sum[state] += counts[state];
    sum.damaged += counts.damaged;
  }
  return sum;
}
