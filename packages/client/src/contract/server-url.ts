import { type ServerName, servers } from '@partner-ecosystem/openapi/operations';
import type { ServerOptions } from '../options.ts';

/**
 * The address of a server: your own before the contract's.
 *
 * @throws TypeError if there is none, or if it is not a plain http or https URL. It is not quoted: it may hold a secret.
 */
export function serverUrl(options: ServerOptions, server: ServerName): string {
  const name = `${server}Url` as const;
  const url = options[name] ?? (options.environment === 'preproduction' ? servers[server] : undefined);
  if (url === undefined) throw new TypeError(`${name} is missing. Give it, or environment: 'preproduction'.`);
  if (!isPlainUrl(url)) {
    throw new TypeError(`${name} must be an http or https URL without credentials, query or fragment.`);
  }
  return url.replace(/\/+$/, '');
}

function isPlainUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:[^?#@]+$/i.test(text);
}
