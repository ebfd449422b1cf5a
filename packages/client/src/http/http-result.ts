/** A response of the provider, with its body read to the end. */
export interface HttpResult {
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, text if it is not JSON, `undefined` if it is empty. */
  readonly body: unknown;
  readonly isJson: boolean;
}

export async function readHttpResult(response: Response): Promise<HttpResult> {
  const { ok, status, headers } = response;
  const text = await response.text();
  try {
    return { ok, status, headers, body: JSON.parse(text), isJson: true };
  } catch {
    return { ok, status, headers, body: text || undefined, isJson: false };
  }
}

/** Reads a property of an unknown value, or returns `undefined`. */
export function getProperty(value: unknown, name: string): unknown {
  return (Object(value) as { readonly [name: string]: unknown })[name];
}
