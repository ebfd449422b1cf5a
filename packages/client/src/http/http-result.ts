import { readLogin } from '@partner-ecosystem/openapi/operations';
import { readRequestId } from './response-headers.ts';
import { keepResponse, type ResponseInfo } from './response-of.ts';

/** A response of the provider, with its body read to the end. */
export interface HttpResult extends ResponseInfo {
  /** Whether the status is 2xx and the body is JSON. */
  readonly ok: boolean;
  /** Parsed JSON, text if it is not JSON, `undefined` if it is empty. */
  readonly body: unknown;
}

/**
 * @param secrets - The token and the password of the request. A request id that repeats one of them, or the token that a
 * login returned, is not kept.
 */
export async function readHttpResult(response: Response, secrets: readonly unknown[]): Promise<HttpResult> {
  const { status, headers } = response;
  const text = await response.text();
  let { ok } = response;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    ok = false;
    body = text || undefined;
  }
  const result = {
    ok,
    status,
    headers,
    body,
    requestId: readRequestId(headers, [...secrets, readLogin(body)[0]]),
  };
  keepResponse(body, result);
  return result;
}

/** Allows `?.` to read properties of an unknown value, `null` and `undefined` included. A bundler removes the call. */
export function unchecked(value: unknown): { readonly [name: string]: unknown } | null | undefined {
  // Only the type is asserted: at run time, `?.` accepts any value.
  return value as ReturnType<typeof unchecked>;
}

/** Whether a value is an object with named properties, and not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
