import { filterParameters, readCallbackFilter } from '../../admin/callback-filter.ts';
import type { CallbackFilter } from '../../callback/kept-callback.ts';
import type { Texts } from '../frame/form-texts.ts';
import { readOnce } from '../frame/read-once.ts';

const { limit: _, ...parameters } = filterParameters;
/** The longest id that a case or a merchant can have in a filter. */
const maxCharacters = 200;

export type ListField = keyof typeof parameters;
export type ListTexts = { readonly [Field in ListField]?: string };

/** What a list of callbacks is asked for. */
export interface ListQuery {
  /** The texts of the fields, as the form shows them. */
  readonly texts: ListTexts;
  readonly filter: CallbackFilter;
  /** What is wrong with the fields. The list is then not shown, because it would show the wrong callbacks. */
  readonly problems: readonly string[];
}

/** Reads a list's address. */
export function readListQuery(given: Texts): ListQuery {
  const { texts, problems } = readOnce<ListField>(given, checks);
  if (problems.length > 0) return { texts, problems, filter: {} };
  const zoned = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, withZone(name, text)]));
  const filter = readCallbackFilter(zoned);
  return 'problem' in filter
    ? { texts, problems: [filter.problem], filter: {} }
    : { texts, problems, filter };
}

/** Whether a list can be limited to a merchant. A longer id is only shown. */
export function isListable(merchantId: string): boolean {
  return merchantId.length <= maxCharacters;
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

const names = Object.keys(parameters) as ListField[];

const checks = Object.fromEntries(
  names.map((name) => [name, (text: string) => problemOf(name, text)]),
  // Every field has its check.
) as Readonly<Record<ListField, (text: string) => string | undefined>>;

function problemOf(name: ListField, text: string): string | undefined {
  return text.length > maxCharacters
    ? `must have at most ${maxCharacters} characters.`
    : parameters[name](withZone(name, text));
}
