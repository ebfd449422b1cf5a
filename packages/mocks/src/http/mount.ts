import type { IncomingMessage } from 'node:http';

/** Which sandbox a request is for, and what it asks of it. */
export interface Mount {
  readonly sandboxId: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Where the sandbox is reached, for addresses that it gives out. */
  readonly origin: string;
}

const prefixPattern = /^\/s\/(?<sandboxId>[\w-]{1,64})(?=\/|$)/;
const hostPattern = /^[\w.:[\]-]+$/;

/** Finds where a request goes: `/s/{id}/…` to that sandbox, everything else to the one at the root. */
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
