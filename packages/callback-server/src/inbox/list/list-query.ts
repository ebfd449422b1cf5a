import { callbackEvents } from '../../callback/callback-event.ts';
import { confirmationStates } from '../../callback/confirmation.ts';
import type { CallbackFilter, FilteredState } from '../../callback/kept-callback.ts';
import { verdicts } from '../../callback/validate-callback.ts';
import { callbackIdPattern } from '../../store/engine/callback-id.ts';
import { noticeParameters } from '../frame/notice.tsx';

export const filteredStates: readonly FilteredState[] = ['open', 'dead', 'overtaken', 'missing'];
export const listedEvents: readonly string[] = [...callbackEvents, 'unknown'];

/** What is wrong with the text of each field; `undefined` if it is acceptable. */
const checks = {
  merchantId: atMost(200),
  signzyAppId: atMost(200),
  event: oneOf(listedEvents),
  verdict: oneOf(verdicts),
  confirmation: oneOf(confirmationStates),
  state: oneOf(filteredStates),
  route: matching(/^[\w-]{1,64}$/, 'must be the name of a route.'),
  from: timeText,
  until: timeText,
  before: matching(callbackIdPattern, 'must be the id of a callback.'),
} as const;

export type ListField = keyof typeof checks;
export type ListTexts = { readonly [Field in ListField]?: string };

/** What a list of callbacks is asked for. */
export interface ListQuery {
  /** The texts of the fields, as the form shows them. */
  readonly texts: ListTexts;
  readonly filter: CallbackFilter;
  /** What is wrong with the fields. The list is then not shown, because it would show the wrong callbacks. */
  readonly problems: readonly string[];
}

/** Reads a list's address. Fields of a form that were left empty filter nothing. */
export function readListQuery(query: Readonly<Record<string, string>>): ListQuery {
  const given = Object.entries(query).filter(([name, text]) => text !== '' && !noticeParameters.includes(name));
  const problems = given.flatMap(([name, text]) => {
    const problem = Object.hasOwn(checks, name) ? checks[name as ListField](text) : 'is not known.';
    return problem ? [`${name} ${problem}`] : [];
  });
  const texts: ListTexts = Object.fromEntries(given.filter(([name]) => Object.hasOwn(checks, name)));
  if (texts.route && !texts.state) problems.push('route needs a state.');
  if (texts.state && !texts.route && texts.state !== 'open' && texts.state !== 'dead')
    problems.push(`state ${texts.state} needs a route.`);
  return { texts, problems, filter: problems.length > 0 ? {} : filterOf(texts) };
}

/** The address of a list, relative to its page: the fields with some of them changed. */
export function queryOf(texts: ListTexts, changes: ListTexts = {}): string {
  const fields = Object.entries({ ...texts, ...changes }).filter(([, text]) => text);
  return `?${new URLSearchParams(fields.map(([name, text]) => [name, `${text}`]))}`;
}

function filterOf({ event, verdict, confirmation, state, route, from, until, ...texts }: ListTexts): CallbackFilter {
  const filtered = filteredStates.find((each) => each === state);
  const known = {
    verdict: verdicts.find((each) => each === verdict),
    confirmation: confirmationStates.find((each) => each === confirmation),
  };
  return {
    ...texts,
    ...(event && { event }),
    ...(known.verdict && { verdict: known.verdict }),
    ...(known.confirmation && { confirmation: known.confirmation }),
    ...(filtered && { delivery: { ...(route && { route }), state: filtered } }),
    ...(from && { receivedFrom: timeOf(from) }),
    ...(until && { receivedUntil: timeOf(until) }),
  };
}

/** A field for times has no zone. The inbox shows all times in UTC. */
function timeOf(text: string): Date {
  return new Date(`${text}Z`);
}

function timeText(text: string): string | undefined {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(text) && !Number.isNaN(Date.parse(`${text}Z`));
  return isTime ? undefined : 'must be a time, such as 2026-01-31T12:00.';
}

function oneOf(words: readonly string[]): (text: string) => string | undefined {
  return (text) => (words.includes(text) ? undefined : `must be one of ${words.join(', ')}.`);
}

function matching(pattern: RegExp, problem: string): (text: string) => string | undefined {
  return (text) => (pattern.test(text) ? undefined : problem);
}

function atMost(characters: number): (text: string) => string | undefined {
  return (text) => (text.length > characters ? `must have at most ${characters} characters.` : undefined);
}
