import { isCallbackEvent } from '../callback/callback-event.ts';
import type { Redelivery, RedeliveryState } from './redeliver.ts';

const redeliveryStates: readonly RedeliveryState[] = ['dead', 'missing', 'taken'];

/** Options of a redelivery as text, as the command line and the admin API give them. */
type RedeliveryText = Readonly<
  Partial<Record<'route' | 'state' | 'id' | 'merchant' | 'event' | 'since' | 'until', string>>
> & { readonly dryRun?: boolean };

/** @throws Error naming the first option that is missing or invalid. */
export function parseRedelivery(options: RedeliveryText): Redelivery {
  const { route, state, id, merchant, event, since, until, dryRun = false } = options;
  if (!route) throw new Error('route is required: the name of a route, such as handler or forward.');
  if (event !== undefined && !isCallbackEvent(event))
    throw new Error('event must be an event, such as accept, reject or pending.');
  return {
    route,
    dryRun,
    ...(state !== undefined && { states: statesIn(state) }),
    ...(id !== undefined && { id }),
    ...(merchant !== undefined && { merchantId: merchant }),
    ...(event !== undefined && { event }),
    ...(since !== undefined && { since: timeOf('since', since) }),
    ...(until !== undefined && { until: timeOf('until', until) }),
  };
}

function statesIn(text: string): RedeliveryState[] {
  return text.split(',').map((word) => {
    const state = redeliveryStates.find((each) => each === word.trim());
    if (!state) throw new Error(`state must be one or more of ${redeliveryStates.join(', ')}.`);
    return state;
  });
}

function timeOf(name: string, text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(time.getTime()))
    throw new Error(`${name} must be a time in ISO 8601, such as 2026-01-31 or 2026-01-31T12:00:00Z.`);
  return time;
}
