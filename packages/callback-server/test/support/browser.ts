import { type IncomingHttpHeaders, request } from 'node:http';
import { passwordOf } from './inbox-users.ts';

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request exactly as it is given: `fetch` would change its path and leave out some headers. */
export function send(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<Received> {
  const { hostname, port } = new URL(url);
  const isChunked = body === undefined || 'transfer-encoding' in headers;
  const framed = isChunked ? headers : { 'content-length': `${Buffer.byteLength(body)}`, ...headers };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: framed }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const { statusCode = 0, headers: received } = response;
      resolve({ status: statusCode, headers: received, text: Buffer.concat(chunks).toString() });
    });
    sent.on('error', reject).end(body);
  });
}

type Fields = Readonly<Record<string, string>>;

export interface BrowserOptions {
  /** The URL at which the browser reaches the server, if it is another one than the server's own. */
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Creates a browser that sends requests as from a page of the inbox, and keeps the cookie of the session. */
export function createBrowser(url: string, { origin = url, headers: own = {} }: BrowserOptions = {}) {
  let cookie: string | undefined;
  const headersOf = (given: Readonly<Record<string, string>>) => ({
    host: new URL(origin).host,
    ...(cookie !== undefined && { cookie }),
    ...own,
    ...given,
  });
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    send(url, path, { headers: headersOf(headers) });
  const submit = (
    path: string,
    fields: Fields | [string, string][],
    headers: Readonly<Record<string, string>> = {},
  ) =>
    send(url, path, {
      method: 'POST',
      headers: headersOf({ origin, 'content-type': 'application/x-www-form-urlencoded', ...headers }),
      body: new URLSearchParams(fields).toString(),
    });
  const browser = {
    get,
    /** Posts a form without a CSRF token. */
    submit,
    /** Posts a form with the CSRF token of the visitor. */
    post: async (path: string, fields: Fields = {}) =>
      submit(path, { csrf: await browser.csrf(), ...fields }),
    csrf: async () => csrfIn((await get('/inbox')).text),
    cookie: () => cookie,
    useCookie: (text: string) => {
      cookie = text;
    },
    /** Signs in, and keeps the cookie. */
    signIn: async (name: string, secret = passwordOf(name), fields: Fields = {}): Promise<Received> => {
      const response = await submit('/inbox/sign-in', { name, secret, ...fields });
      cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
      return response;
    },
  };
  return browser;
}

/** The CSRF token of a page. */
export function csrfIn(page: string): string {
  return /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
}
