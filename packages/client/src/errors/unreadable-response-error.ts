import { ApiError } from './api-error.ts';

/**
 * The response is not the API's: a redirect, which is not followed, or a 2xx whose body is not the expected JSON, such as
 * the page of a firewall or a response that was cut. A write fails with an {@link OutcomeUnknownError} instead, because it
 * may or may not have been applied.
 */
export class UnreadableResponseError extends ApiError {
  static override name = 'UnreadableResponseError';
}
