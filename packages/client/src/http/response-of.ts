/** What a response said besides its body. */
export interface ResponseInfo {
  readonly status: number;
  /** `X-Request-Id` or `X-Correlation-Id` of the response, for the provider's support. Often missing. */
  readonly requestId?: string | undefined;
  /** Do not log the headers. */
  readonly headers: Headers;
}

const responses = new WeakMap<object, ResponseInfo>();

/** Keeps the response of a body for as long as the body is in use. */
export function keepResponse(body: unknown, response: ResponseInfo): void {
  if (Object(body) === body) responses.set(body as object, response);
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
  return responses.get(result);
}
