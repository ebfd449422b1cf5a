import { ApiError } from './api-error.ts';

/**
 * The response is not a response of the API. It is a redirect, which the client does not follow, or a 2xx that is not JSON
 * or lacks a property that the provider documents. Such a 2xx comes from a firewall, or was cut. A write fails with an
 * {@link OutcomeUnknownError} instead, because the provider may have applied it.
 */
export class UnreadableResponseError extends ApiError {
  static override name = 'UnreadableResponseError';
}
