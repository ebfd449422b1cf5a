import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { STATUS_CODES } from '../http/node-http.ts';

/** The control API rejects a request. The message says what to do, and contains no value from the request. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';
  readonly status: ContentfulStatusCode;

  constructor(status: ContentfulStatusCode, message: string) {
    super(message);
    this.status = status;
  }
}

export function problem(status: number, detail: string): Response {
  return Response.json(
    { title: status === 413 ? 'Content Too Large' : STATUS_CODES[status], status, detail },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
}
