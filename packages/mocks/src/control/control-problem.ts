import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Why the control API does not do what it is asked. The message says what to do, and holds no value of the request. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';
  readonly status: ContentfulStatusCode;

  constructor(status: ContentfulStatusCode, message: string) {
    super(message);
    this.status = status;
  }
}
