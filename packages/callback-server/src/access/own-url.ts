import { isLoopback } from './address-range.ts';

/** Reads a header of a request. */
type Header = (name: string) => string | undefined;

/** What is wrong with the URL of the admin port; `undefined` if it is acceptable. Never quotes it. */
export function problemOfAdminUrl(url: string): string | undefined {
  return /^https?:\/\/[^\s/?#@\\]+\/?$/i.test(url) && URL.canParse(url)
    ? undefined
    : 'must be an http or https URL without a path, such as https://inbox.example.';
}

/** Whether only people at this machine can use a URL of the admin port. */
export function isUrlOfThisMachine(adminUrl: string | undefined): boolean {
  return adminUrl === undefined || isLoopback(new URL(adminUrl).hostname);
}

/**
 * Whether a request names this server: by this machine's own name, or by the name in `adminUrl`. A page could rebind its
 * own name to the server's address. The port may differ, because some proxies leave it out.
 */
export function isOwnHost(requestUrl: string, adminUrl: string | undefined): boolean {
  const { hostname } = new URL(requestUrl);
  return isLoopback(hostname) || (adminUrl !== undefined && new URL(adminUrl).hostname === hostname);
}

/**
 * Whether a page of this server sent a request. A page from another port belongs to another program. Anybody between the
 * browser and the server can forge a page that comes by `http`.
 */
export function isOwnOrigin(origin: string, requestUrl: string, adminUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const [sender, target] = [new URL(origin), new URL(requestUrl)];
  if (adminUrl !== undefined && sender.origin === new URL(adminUrl).origin) return true;
  return sender.host === target.host && (adminUrl === undefined || isLoopback(target.hostname));
}

/** Whether a request comes from this machine. A request that a proxy forwards does not. */
export function isFromThisMachine(requestUrl: string, header: Header): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip'].some(
    (name) => header(name) !== undefined,
  );
  return !isForwarded && isLoopback(new URL(requestUrl).hostname);
}

/** Whether the percent-encoding of a URL is right. A malformed URL would be used undecoded, and could name another thing. */
export function isWellEncoded(requestUrl: string): boolean {
  try {
    // A bundler drops a call whose result nobody uses.
    return decodeURIComponent(requestUrl) !== '';
  } catch {
    return false;
  }
}
