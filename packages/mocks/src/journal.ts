import { redact, requests, responses } from '@partner-ecosystem/openapi/classification';
import type { ApiRequest, StepResponse } from './core/command.ts';
import { route } from './core/route.ts';

/** One request and its response, without secrets and personal data. */
export interface JournalEntry {
  /** When it was answered, in epoch milliseconds. */
  readonly at: number;
  /** An operationId; `download` for a stored file; `unknown` for a path or method that is not there. */
  readonly operation: string;
  readonly status: number;
  /** The body of the request, as far as the contract calls it public. */
  readonly request?: unknown;
  /** The body of the response, likewise. */
  readonly response?: unknown;
}

/** What the journal keeps of a request. */
export function journalEntry(at: number, request: ApiRequest, response: StepResponse): JournalEntry {
  const { status } = response;
  const target = route(request.method, request.path);
  if (target.kind !== 'operation')
    return { at, operation: target.kind === 'download' ? 'download' : 'unknown', status };
  const { operationId } = target;
  const { body } = request;
  return {
    at,
    operation: operationId,
    status,
    ...(body.kind === 'read' && { request: redact(body.value, requests[operationId]) }),
    ...('body' in response && { response: redact(response.body, responses[operationId][status]) }),
  };
}
