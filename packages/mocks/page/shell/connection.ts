const storageKey = 'control token';

/**
 * Returns the control token. The first call takes the token from the fragment of the address, which browsers do not send
 * to servers, and removes the fragment. The token then stays in this tab until the tab is closed.
 */
export function readToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    storeToken(token);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(storageKey) ?? undefined;
}

export function storeToken(token: string): void {
  sessionStorage.setItem(storageKey, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(storageKey);
}

/** Returns the data of a response, or throws an error whose message can be shown to a person. */
export async function dataOf<Data>(
  call: Promise<{ readonly data?: Data; readonly error?: unknown; readonly response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  if (response.ok) return data as Data; // Nothing reads the data of a 204, which has no body.
  if (response.status === 401) throw new InvalidTokenError();
  const { detail } = Object(error) as { readonly detail?: unknown };
  throw new Error(
    typeof detail === 'string' ? detail : `The control API responded with status ${response.status}.`,
  );
}

/** The control token does not belong to the running sandbox. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}
