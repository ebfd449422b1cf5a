import type { StepResponse } from '../core/model/command.ts';
import type { Manner } from '../core/model/transmission.ts';
import { fromBase64 } from './base64.ts';

/** An answer as it goes out, whatever carries it. */
export interface Reply {
  /** 0 where nothing goes out. */
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** How it arrives. */
  readonly manner: Manner;
  /** Milliseconds that it is held back. */
  readonly delay: number;
  /** For the manner `drip`. */
  readonly bytesPerSecond: number;
}

/** Turns what a step answered into what goes out. */
export function replyOf(response: StepResponse): Reply {
  if (!('body' in response))
    return { ...whole, headers: downloadHeaders(response.file), ...fileOf(response) };
  const { wire, violations } = response;
  const text = wire?.text ?? JSON.stringify(response.body);
  const reply = { ...whole, status: response.status, headers: jsonHeaders, body: text ?? '' };
  if (!wire && !violations) return reply;
  const {
    mediaType,
    headers,
    manner = 'whole',
    delay = 0,
    bytesPerSecond = 0,
    status = reply.status,
  } = wire ?? {};
  return {
    ...reply,
    ...{ status, manner, delay, bytesPerSecond },
    headers: {
      ...(mediaType === undefined ? jsonHeaders : { 'content-type': mediaType }),
      ...headers,
      ...(violations?.[0] && { 'sandbox-violation': explain(violations[0]) }),
    },
  };
}

const whole = { manner: 'whole', delay: 0, bytesPerSecond: 0 } as const;
const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };

type Download = Extract<StepResponse, { readonly file: unknown }>;

function fileOf({ file, status }: Download): Pick<Reply, 'status' | 'body'> {
  return { status, body: fromBase64(file.base64) };
}

/** A stranger's file must not run as a page of the sandbox. */
function downloadHeaders({ mediaType }: Download['file']): Reply['headers'] {
  return {
    'content-type': mediaType,
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
  };
}

const longestPointer = 500;

/**
 * Where a request departs from the contract and how, so that a refusal in the provider's words still explains itself.
 * A pointer can be made of anything that was sent; a header cannot.
 */
function explain({ pointer, keyword }: { readonly pointer: string; readonly keyword: string }): string {
  const wellFormed = pointer.slice(0, longestPointer).replaceAll(/\p{Surrogate}/gu, '?');
  return `${encodeURI(wellFormed)} ${keyword}`;
}
