import { filterParameters, readCallbackFilter } from '../../admin/callback-filter.ts';
import type { CallbackFilter } from '../../callback/kept-callback.ts';
import { noticeParameters } from '../frame/notice.tsx';

const { limit: _, ...checks } = filterParameters;
/** The longest id that a case or a merchant can have in a filter. */
const maxCharacters = 200;

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
  const given = Object.entries(query).filter(([name, text]) => text && !noticeParameters.includes(name));
  const problems = given.flatMap(([name, text]) => {
    const problem = isField(name) ? problemOf(name, text) : 'is not known.';
    return problem ? [`${name} ${problem}`] : [];
  });
  const texts: ListTexts = Object.fromEntries(given.filter(([name]) => isField(name)));
  if (problems.length > 0) return { texts, problems, filter: {} };
  const zoned = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, withZone(name, text)]));
  const filter = readCallbackFilter(zoned);
  return 'problem' in filter
    ? { texts, problems: [filter.problem], filter: {} }
    : { texts, problems, filter };
}

/** The query of a list: the fields with some of them changed. */
export function queryOf(texts: ListTexts, changes: ListTexts = {}): string {
  const fields = Object.entries({ ...texts, ...changes }).filter(([, text]) => text);
  return new URLSearchParams(fields).toString();
}

/** A browser's field for a time has no zone. The inbox shows all times in UTC. */
export function withZone(name: string, text: string): string {
  return /^received/.test(name) && text.includes('T') && !/Z|[+-]\d\d:\d\d$/.test(text) ? `${text}Z` : text;
}

function isField(name: string): name is ListField {
  return Object.hasOwn(checks, name);
}

function problemOf(name: ListField, text: string): string | undefined {
  return text.length > maxCharacters
    ? `must have at most ${maxCharacters} characters.`
    : checks[name](withZone(name, text));
}
