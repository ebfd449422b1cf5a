import type { StepResponse } from '../core/model/command.ts';
import type { TransmissionMode } from '../core/model/transmission.ts';
import { fromBase64 } from './base64.ts';

/** An answer as it goes out, whatever carries it. */
export interface SandboxResponse {
  /** 0 where nothing goes out. */
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** How it arrives. */
  readonly mode: TransmissionMode;
  /** Milliseconds that it is held back. */
  readonly delayMs: number;
  /** For the mode `drip`. */
  readonly bytesPerSecond: number;
}

/** Turns what a step answered into what goes out. */
export function toSandboxResponse(response: StepResponse): SandboxResponse {
  if (!('body' in response))
    return { ...whole, headers: downloadHeaders(response.file), ...fileOf(response) };
  const { transmission, violations } = response;
  const text = transmission?.text ?? JSON.stringify(response.body);
  const complete = { ...whole, status: response.status, headers: jsonHeaders, body: text ?? '' };
  if (!transmission && !violations) return complete;
  const {
    mediaType,
    headers,
    mode = 'whole',
    delayMs = 0,
    bytesPerSecond = 0,
    status = complete.status,
  } = transmission ?? {};
  return {
    ...complete,
    ...{ status, mode, delayMs, bytesPerSecond },
    headers: {
      ...(mediaType === undefined ? jsonHeaders : { 'content-type': mediaType }),
      ...headers,
      ...(violations?.[0] && { 'sandbox-violation': explain(violations[0]) }),
    },
  };
}

const whole = { mode: 'whole', delayMs: 0, bytesPerSecond: 0 } as const;
const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };

type Download = Extract<StepResponse, { readonly file: unknown }>;

function fileOf({ file, status }: Download): Pick<SandboxResponse, 'status' | 'body'> {
  return { status, body: fromBase64(file.base64) };
}

/** A stranger's file must not run as a page of the sandbox. */
function downloadHeaders({ mediaType }: Download['file']): SandboxResponse['headers'] {
  return {
    'content-type': mediaType,
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
  };
}

const maxPointerLength = 500;

/**
 * Where a request departs from the contract and how, so that a refusal in the provider's words still explains itself.
 * A pointer can be made of anything that was sent; a header cannot.
 */
function explain({ pointer, keyword }: { readonly pointer: string; readonly keyword: string }): string {
  const wellFormed = pointer.slice(0, maxPointerLength).replaceAll(/\p{Surrogate}/gu, '?');
  return `${encodeURI(wellFormed)} ${keyword}`;
}
