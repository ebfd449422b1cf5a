import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { hasProperties } from '../core/json/json-value.ts';
import { assertFilter, assertWord } from '../core/model/assert-options.ts';
import { type AnsweredBy, answeredByWords } from '../core/model/command.ts';
import type { JournalEntry, RequestEntry } from './journal.ts';

/** Selects the requests whose properties equal the properties of the filter. */
export interface RequestFilter {
  /** An operationId, `download` for a stored file, or `unknown` for an unknown path or method. */
  readonly operation?: OperationId | 'download' | 'unknown';
  /** The id of the case that a request is about. For a creation: the id in the response. */
  readonly merchantId?: string;
  readonly status?: number;
  readonly answeredBy?: AnsweredBy;
}

/** What the journal calls an operation. */
export const operationWords: readonly string[] = [...Object.keys(operations), 'download', 'unknown'];

const filterTypes = {
  operation: 'string',
  merchantId: 'string',
  status: 'number',
  answeredBy: 'string',
} as const satisfies { readonly [Name in keyof RequestFilter]: string };

/** Selects requests of a journal, oldest first. */
export function requestsIn(entries: readonly JournalEntry[], filter: RequestFilter): readonly RequestEntry[] {
  assertFilter('requests', filter, filterTypes);
  assertWord('operation', filter.operation, operationWords);
  assertWord('answeredBy', filter.answeredBy, answeredByWords);
  return entries.filter((entry) => entry.kind === 'request').filter((entry) => hasProperties(entry, filter));
}
