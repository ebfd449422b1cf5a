import type { ApiRequest, RequestHeaders } from '../core/model/command.ts';
import { addressOf } from './request-address.ts';

/** A request and its response in full. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** By their names in lower case. */
  readonly headers: { readonly [name: string]: string };
  /** Milliseconds from the request to the response, by the sandbox's clock, including the delay of a fault. */
  readonly tookMs: number;
  /** The body of the request, if there was one and the sandbox could read it. */
  readonly request?: unknown;
  /** The body of the response, before a fault changed its transmission. */
  readonly response?: unknown;
  /** Whether personal data and secrets are shown. */
  readonly revealed: boolean;
}

/** What the journal keeps of a request. The data is shown only with masks, unless the caller asks to reveal it. */
interface Kept {
  readonly request: ApiRequest;
  readonly responseBody: unknown;
  readonly tookMs: number;
}

/** The data of `Kept`, without personal data and secrets. */
interface Masked {
  readonly path: string;
  readonly parameters?: unknown;
  readonly request?: unknown;
  readonly response?: unknown;
}

/** @param reveal - Whether to show personal data and secrets. */
export function exchangeOf(
  masked: Masked,
  { request, responseBody, tookMs }: Kept,
  reveal: boolean,
): Exchange {
  const { method, origin, headers = {}, body } = request;
  const requestBody = reveal && body.kind === 'read' ? body.value : masked.request;
  const response = reveal ? responseBody : masked.response;
  return {
    method,
    url: reveal ? addressAsSent(request) : maskedAddress(origin, masked),
    headers: shownHeaders(headers, reveal),
    tookMs,
    ...(requestBody !== undefined && { request: requestBody }),
    ...(response !== undefined && { response }),
    revealed: reveal,
  };
}

function addressAsSent({ origin, path, query }: ApiRequest): string {
  const search = new URLSearchParams(
    query.map(([name, value]): [string, string] => [name, value]),
  ).toString();
  return `${origin}${path}${search === '' ? '' : `?${search}`}`;
}

function maskedAddress(origin: string, masked: Masked): string {
  const { path, query } = addressOf(masked);
  return `${origin}${path}${query.size > 0 ? `?${decodeURIComponent(query.toString())}` : ''}`;
}

/** Headers that never hold a secret or personal data. The values of all others are masked. */
const harmlessHeaders = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'origin',
  'transfer-encoding',
  'user-agent',
]);

function shownHeaders(headers: RequestHeaders, reveal: boolean): Exchange['headers'] {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const text = typeof value === 'string' ? value : value.join(', ');
    return [[name, reveal || harmlessHeaders.has(name) ? text : '[header]'] as const];
  });
  return Object.fromEntries(entries);
}
