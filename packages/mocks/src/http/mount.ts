import type { IncomingMessage } from 'node:http';

const prefixPattern = /^\/s\/(?<sandboxId>[\w-]{1,64})(?=\/|$)/;
const hostPattern = /^[\w.:[\]-]+$/;

/** The sandbox that a request addresses, and the request's URL within that sandbox. */
export type Mount = NonNullable<ReturnType<typeof mountOf>>;

/** Finds the sandbox of a request: `/s/{id}/…` addresses the sandbox with this id, every other path the root sandbox. */
export function mountOf({ url = '', headers }: IncomingMessage, rootId: string) {
  const { host = '' } = headers;
  if (!url.startsWith('/') || !hostPattern.test(host)) return undefined;
  const address = `http://${host}`;
  if (!URL.canParse(address + url)) return undefined;
  const { pathname, search, searchParams } = new URL(address + url);
  const [prefix = '', sandboxId = rootId] = prefixPattern.exec(pathname) ?? [];
  return {
    sandboxId,
    path: pathname.slice(prefix.length) || '/',
    query: search === '' ? [] : [...searchParams],
    /** The base URL of the sandbox, for addresses in its responses. */
    origin: address + prefix,
  };
}
