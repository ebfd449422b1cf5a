import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** The control API rejects a request. The message says what to do, and contains no value from the request. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';
  readonly status: ContentfulStatusCode;

  constructor(status: ContentfulStatusCode, message: string) {
    super(message);
    this.status = status;
  }
}

const titles: { readonly [status: number]: string } = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
};

/** Creates an error response of the control API. */
export function problem(status: number, detail: string): Response {
  return Response.json(
    { title: titles[status] ?? 'Problem', status, detail },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
}
