import type { Context } from 'hono';
import { isFromThisMachine, isOwnHost, isOwnOrigin, isWellEncoded } from '../../access/own-url.ts';

export interface ShieldOptions {
  readonly adminUrl: string | undefined;
  /** Whether the inbox has neither users nor tokens, and so serves only this machine. */
  readonly isOpen: boolean;
  readonly refuse: Refuse;
}

/** Responds with a page that says why a request is refused. */
export type Refuse = (
  context: Context,
  problem: string,
  status: 400 | 403 | 405 | 413 | 415,
) => Response | Promise<Response>;

const headers = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // With `no-referrer` the browser would send a form with the origin `null`.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/**
 * Creates a function that sets the headers that protect a page of the inbox, and returns a refusal if no page of the inbox
 * sends such a request. It knows no visitor.
 */
export function createShield(options: ShieldOptions) {
  const { refuse } = options;
  return (context: Context): ReturnType<Refuse> | undefined => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    if (!['GET', 'HEAD', 'POST'].includes(context.req.method)) {
      context.header('Allow', 'GET, HEAD, POST');
      return refuse(context, 'The inbox takes GET and POST only.', 405);
    }
    if (!isWellEncoded(context.req.url))
      return refuse(context, 'The percent-encoding of the URL is malformed.', 400);
    const problem = problemOf(context, options);
    return problem === undefined ? undefined : refuse(context, problem, 403);
  };
}

function problemOf(
  { req }: Context,
  { adminUrl, isOpen }: Omit<ShieldOptions, 'refuse'>,
): string | undefined {
  if (!isOwnHost(req.url, adminUrl))
    return 'This is not the URL of the inbox. Set ADMIN_URL to the URL at which people reach the admin port.';
  const origin = req.header('origin');
  const isOwn = origin === undefined ? req.method !== 'POST' : isOwnOrigin(origin, req.url, adminUrl);
  if (!isOwn || isSentByForeignPage(req)) return 'Only pages of the inbox may send this request.';
  if (isOpen && !isFromThisMachine(req.url, (name) => req.header(name)))
    return 'Without INBOX_USERS_FILE and ADMIN_TOKENS only this machine is served.';
  return undefined;
}

/**
 * A page elsewhere may only link to the inbox: such a page may not embed a page of the inbox, or send a form to the
 * inbox.
 */
function isSentByForeignPage(req: Context['req']): boolean {
  const site = req.header('sec-fetch-site') ?? 'none';
  if (site === 'same-origin' || site === 'none') return false;
  return (
    req.method === 'POST' ||
    req.header('sec-fetch-mode') !== 'navigate' ||
    req.header('sec-fetch-dest') !== 'document'
  );
}
