import { type Control, createControl, type SandboxControl } from '../src/control-client.ts';

const key = 'control token';

/**
 * The control token: out of the address once, where it stands behind a `#`, which browsers send to nobody; then in this
 * tab, until it is closed.
 */
export function takeToken(): string | undefined {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.setItem(key, given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(key) ?? undefined;
}

export function keepToken(token: string): void {
  sessionStorage.setItem(key, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(key);
}

/** The control API that this page came from. */
export function connect(token: string): Control {
  return createControl({ url: location.origin, token });
}

/** What a call answered, or an error that says why not, for people. */
export async function answered<Data>(
  call: Promise<{ readonly data?: Data; readonly error?: unknown; readonly response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  if (response.ok) return data as Data; // A 204 has none, and then none is asked for.
  const { detail } = Object(error) as { readonly detail?: unknown };
  if (response.status === 401) throw new WrongToken();
  throw new Error(typeof detail === 'string' ? detail : `The control API answered ${response.status}.`);
}

/** The control token is not, or no longer, that of the sandbox. */
export class WrongToken extends Error {
  override readonly name = 'WrongToken';
}

export type { SandboxControl };
