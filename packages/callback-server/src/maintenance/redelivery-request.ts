import { callbackEvents, isCallbackEvent } from '../callback/callback-event.ts';
import { callbackIdPattern } from '../store/engine/callback-id.ts';
import type { Redelivery, RedeliveryState } from '../store/redeliver.ts';
import { checkTime } from '../time/check-time.ts';
import { RedeliveryError } from './redelivery-error.ts';

type Texts = Readonly<Record<string, string | undefined>>;

const states: readonly RedeliveryState[] = ['dead', 'missing', 'taken', 'overtaken'];

/** What is wrong with the text of each parameter of a redelivery; `undefined` if it is acceptable. */
export const redeliveryParameters = {
  route: matching((text) => /^[\w-]{1,64}$/.test(text), 'must be the name of a route.'),
  state: matching(
    (text) => text.split(',').every((word) => states.some((state) => state === word)),
    `must be one or more of ${states.join(', ')}, separated by commas.`,
  ),
  id: matching((text) => callbackIdPattern.test(text), 'must be the id of a callback.'),
  merchantId: matching((text) => text !== '', 'must not be empty.'),
  event: matching(isCallbackEvent, `must be one of ${callbackEvents.join(', ')}.`),
  since: checkTime,
  until: checkTime,
  dryRun: matching((text) => text === 'true' || text === 'false', 'must be true or false.'),
} as const satisfies Readonly<Record<string, (text: string) => string | undefined>>;

/**
 * Reads a redelivery from the texts of its parameters.
 *
 * @throws RedeliveryError naming the first parameter that is missing, unknown or invalid.
 */
export function readRedelivery(texts: Texts): Redelivery {
  for (const [name, check] of Object.entries(redeliveryParameters)) {
    const text = texts[name];
    const problem = text === undefined ? undefined : check(text);
    if (problem) throw new RedeliveryError(`${name} ${problem}`);
  }
  const { route, state, id, merchantId, event, since, until, dryRun } = texts;
  if (route === undefined)
    throw new RedeliveryError('route is required. Give the name of a route, such as handler.');
  if (since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until))
    throw new RedeliveryError('since must be earlier than until.');
  return {
    route,
    dryRun: dryRun === 'true',
    ...(state !== undefined && { states: states.filter((each) => state.split(',').includes(each)) }),
    ...(id !== undefined && { id }),
    ...(merchantId !== undefined && { merchantId }),
    ...(event !== undefined && isCallbackEvent(event) && { event }),
    ...(since !== undefined && { since: new Date(since) }),
    ...(until !== undefined && { until: new Date(until) }),
  };
}

function matching(isValid: (text: string) => boolean, problem: string): (text: string) => string | undefined {
  return (text) => (isValid(text) ? undefined : problem);
}
