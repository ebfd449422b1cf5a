import { type ServerName, servers } from '@partner-ecosystem/openapi/operations';

/** Addresses of the provider's three servers, as http or https URLs. */
export interface ServerUrls {
  /** End-user host: every operation except `createPartner` and the uploads. */
  goUrl: string;
  /** Back-office host: `createPartner`. */
  backopsUrl: string;
  /** Persist file store: `uploadFile` and `uploadBase64`. */
  persistUrl: string;
}

/** Either the hosts of the contract, where you can replace any host, or three hosts of your own. */
export type ServerOptions =
  | ({
      /** `preproduction` selects the hosts of the contract. For production, give the three URLs. */
      environment: 'preproduction';
    } & { [Name in keyof ServerUrls]?: ServerUrls[Name] | undefined })
  | ({ environment?: undefined } & ServerUrls);

/** URL of each server of the contract, without a slash at the end. */
export type UrlByServer = { readonly [Server in ServerName]: string };

/**
 * Reads the URL of every server. Your own URL takes precedence over the contract's.
 *
 * @throws TypeError if there is no such environment, or if a URL is missing, or is not a plain http or https URL. The
 * message does not quote the URL, because the URL may contain a secret.
 */
export function readServerUrls(options: ServerOptions): UrlByServer {
  const { environment } = options;
  if (environment && environment !== 'preproduction')
    throw new TypeError('environment must be preproduction, or missing.');
  const urls = Object.keys(servers).map((server) => {
    const name = `${server as ServerName}Url` as const;
    const given = options[name] ?? (environment && servers[server as ServerName]) ?? '';
    // `href` has no space at its end. Such a space would otherwise be in the middle of the URL of each request.
    const url = URL.canParse(given) ? new URL(given).href : '';
    if (/^https?:[^?#@]+$/.test(url)) return [server, url.replace(/\/+$/, '')];
    throw new TypeError(`${name} must be an http(s) URL without credentials, query or fragment.`);
  });
  return Object.fromEntries(urls) as UrlByServer;
}
