import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { StepResponse } from '../core/model/command.ts';
import type { TransmissionMode } from '../core/model/transmission.ts';
import { fromBase64 } from './base64.ts';

/** A response that any transport can send. */
export interface SandboxResponse {
  /** 0 if nothing is sent. */
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly mode: TransmissionMode;
  /** Milliseconds before the response is sent. */
  readonly delayMs: number;
  /** For the mode `drip`. */
  readonly bytesPerSecond: number;
}

export function toSandboxResponse(response: StepResponse): SandboxResponse {
  if (!('body' in response)) return download(response);
  const { status, transmission, violations } = response;
  const body = transmission?.text ?? JSON.stringify(response.body) ?? '';
  if (!transmission && !violations) return { ...whole, status, headers: jsonHeaders, body };
  const { text: _, mediaType, headers, ...changes } = transmission ?? {};
  return {
    ...whole,
    status,
    body,
    ...changes,
    headers: {
      ...(mediaType === undefined ? jsonHeaders : { 'content-type': mediaType }),
      ...headers,
      ...(violations?.[0] && { 'sandbox-violation': describe(violations[0]) }),
    },
  };
}

const whole = { mode: 'whole', delayMs: 0, bytesPerSecond: 0 } as const;
const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };

/** The headers keep an uploaded file from running as a page of the sandbox. */
function download({ file, status }: Extract<StepResponse, { readonly file: unknown }>): SandboxResponse {
  return {
    ...whole,
    status,
    headers: {
      'content-type': file.mediaType,
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    },
    body: fromBase64(file.base64),
  };
}

const maxPointerLength = 500;

/**
 * Describes a violation for the header `sandbox-violation`: the provider's error responses do not describe it. A pointer can
 * contain any text that the caller sent, so it is shortened and encoded.
 */
function describe({ pointer, keyword }: Violation): string {
  const wellFormed = pointer.slice(0, maxPointerLength).replaceAll(/\p{Surrogate}/gu, '?');
  return `${encodeURI(wellFormed)} ${keyword}`;
}
