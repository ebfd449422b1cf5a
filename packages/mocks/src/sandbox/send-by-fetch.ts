import { readBounded } from '../transport/read-bounded.ts';

/** A request that carries a callback. */
export interface Message {
  readonly url: string;
  readonly init: {
    readonly method: string;
    readonly headers: { readonly [name: string]: string };
    readonly body?: string;
  };
  readonly timeoutMs: number;
  /** Maximum number of bytes of the response that are read. */
  readonly maxBytes: number;
}

/** The status of the response, or the reason why no response came. `code` is the error code of Node. */
export interface Sent {
  readonly status?: number;
  readonly isTimeout?: boolean;
  readonly code?: string;
}

/** Sends a message, and follows no redirect. Never rejects: the error of a `fetch` can contain the URL. */
export type Send = (message: Message, stop: AbortSignal | undefined) => Promise<Sent>;

/** `msw/passthrough` tells MSW in a page to ignore the request, without a warning with its body. MSW removes this word. */
const accept = '*/*, msw/passthrough';

/** Sends with the `fetch` of the page. */
export const sendByFetch: Send = async ({ url, init, timeoutMs, maxBytes }, stop) => {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const signal = stop ? AbortSignal.any([stop, timeout]) : timeout;
    const headers = { accept, ...init.headers };
    const { status, body } = await fetch(url, { ...init, headers, redirect: 'manual', signal });
    await readBounded(body, maxBytes);
    return { status };
  } catch {
    return { isTimeout: timeout.aborted };
  }
};
