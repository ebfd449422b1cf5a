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
