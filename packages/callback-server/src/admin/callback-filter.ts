import { callbackEvents } from '../callback/callback-event.ts';
import { confirmationStates } from '../callback/confirmation.ts';
import { type CallbackFilter, filteredStates } from '../callback/kept-callback.ts';
import { verdicts } from '../callback/verdict.ts';
import { callbackIdPattern } from '../store/engine/callback-id.ts';
import { checkTime } from '../time/check-time.ts';
import { matching, oneOf } from './check-query.ts';

/** What is wrong with the text of each parameter of a list; `undefined` if it is acceptable. */
export const filterParameters = {
  merchantId: matching(/./s, 'must not be empty.'),
  signzyAppId: matching(/./s, 'must not be empty.'),
  event: oneOf([...callbackEvents, 'unknown']),
  verdict: oneOf(verdicts),
  confirmation: oneOf(confirmationStates),
  receivedFrom: checkTime,
  receivedUntil: checkTime,
  route: matching(/^[\w-]{1,64}$/, 'must be the name of a route.'),
  state: oneOf(filteredStates),
  before: matching(callbackIdPattern, 'must be the id of a callback.'),
  limit: matching(/^([1-9]\d{0,2}|1000)$/, 'must be a number from 1 to 1000.'),
} as const;

type Texts = Readonly<Partial<Record<keyof typeof filterParameters, string>>>;

/** Reads a filter from acceptable texts of its parameters. If they do not go together, returns why. */
export function readCallbackFilter(texts: Texts): CallbackFilter | { readonly problem: string } {
  const { merchantId, signzyAppId, event, receivedFrom, receivedUntil, route, before } = texts;
  const state = filteredStates.find((each) => each === texts.state);
  if (route && !state) return { problem: 'route requires state.' };
  if (receivedFrom && receivedUntil && Date.parse(receivedFrom) >= Date.parse(receivedUntil))
    return { problem: 'receivedFrom must be earlier than receivedUntil.' };
  const verdict = verdicts.find((each) => each === texts.verdict);
  const confirmation = confirmationStates.find((each) => each === texts.confirmation);
  return {
    ...(merchantId && { merchantId }),
    ...(signzyAppId && { signzyAppId }),
    ...(event && { event }),
    ...(verdict && { verdict }),
    ...(confirmation && { confirmation }),
    ...(receivedFrom && { receivedFrom: new Date(receivedFrom) }),
    ...(receivedUntil && { receivedUntil: new Date(receivedUntil) }),
    ...(state && { delivery: { state, ...(route && { route }) } }),
    ...(before && { before }),
    ...(texts.limit && { limit: Number(texts.limit) }),
  };
}
