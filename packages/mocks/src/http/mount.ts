import type { IncomingMessage } from 'node:http';

/** The sandbox that a request addresses, and the request's URL within that sandbox. */
export interface Mount {
  readonly sandboxId: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The base URL of the sandbox, for addresses in its responses. */
  readonly origin: string;
}

const prefixPattern = /^\/s\/(?<sandboxId>[\w-]{1,64})(?=\/|$)/;
const hostPattern = /^[\w.:[\]-]+$/;

/** Finds the sandbox of a request: `/s/{id}/…` addresses the sandbox with this id, every other path the root sandbox. */
export function mountOf({ url = '', headers }: IncomingMessage, rootId: string): Mount | undefined {
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
    origin: address + prefix,
  };
}
