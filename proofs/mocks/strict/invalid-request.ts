import type { ApiRequest } from '../api/api-request.ts';

/** A request with one mistake. */
export interface InvalidRequest {
  readonly request: ApiRequest;
  /** The place that the refusal must name. */
  readonly pointer: string;
  readonly rule: string;
}
