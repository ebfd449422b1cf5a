const home = '/inbox';
const base = 'http://inbox.invalid';
const maxLength = 2000;

/** Where a visitor goes after the sign-in: a path of the inbox. Anything else becomes the inbox's first page. */
export function ownPath(next: string | undefined): string {
  if (next === undefined || next.length > maxLength || !URL.canParse(next, base)) return home;
  // As a browser would read it: with dots, backslashes and control characters resolved.
  const { origin, pathname, search } = new URL(next, base);
  const isOwn = origin === base && (pathname === home || pathname.startsWith(`${home}/`));
  return isOwn && !pathname.startsWith(`${home}/sign-`) ? `${pathname}${search}` : home;
}
