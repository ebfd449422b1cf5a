/** What a response said besides its body. */
export interface ResponseInfo {
  readonly status: number;
  /** `X-Request-Id` or `X-Correlation-Id` of the response, for the provider's support. Often missing. */
  readonly requestId?: string | undefined;
  /** Do not log the headers. */
  readonly headers: Headers;
}

const kept = Symbol('response');

/**
 * Keeps the response of a body for as long as the body is in use. Logs, copies and comparisons of the body do not find the
 * response. A `WeakMap` would make each call a third slower.
 */
export function keepResponse(body: unknown, response: ResponseInfo): void {
  if (Object(body) === body) Object.defineProperty(body, kept, { value: response });
}

/**
 * Returns the response that a result of a call came with. A copy of the result and a merchant that `findMerchant`
 * found have no response.
 *
 * @example
 * ```ts
 * const merchant = await partner.createMerchant(input);
 * console.log(responseOf(merchant)?.requestId);
 * ```
 */
export function responseOf(result: object): ResponseInfo | undefined {
  return (result as { readonly [kept]?: ResponseInfo } | undefined)?.[kept];
}
