import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/**
 * The cookie with the id of a session. Its name begins with `__Host-` if browsers reach the inbox by TLS: then no other host
 * can set it. `SameSite` is `Lax`, so that a link in an alert opens the inbox: a GET changes nothing.
 */
export function createSessionCookie(isSecure: boolean) {
  const name = isSecure ? '__Host-inbox-session' : 'inbox-session';
  const attributes = { httpOnly: true, sameSite: 'Lax', path: '/', secure: isSecure } as const;
  return {
    read: (context: Context): string | undefined => getCookie(context, name),
    /** Without an expiry, so that the browser forgets the cookie when the browser closes. */
    write: (context: Context, id: string): void => setCookie(context, name, id, attributes),
    clear: (context: Context): void => void deleteCookie(context, name, attributes),
  };
}
