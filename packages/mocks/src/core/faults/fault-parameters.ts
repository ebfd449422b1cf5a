import type { Duration } from '../model/duration.ts';
import type { CallbackFaultKind, RequestFaultKind } from '../model/fault.ts';
import { driftKinds } from '../model/fault.ts';

/** What a parameter of a fault can be. */
export type FaultParameter = (
  | { readonly type: 'count'; readonly max?: number }
  | { readonly type: 'error-status' }
  | { readonly type: 'duration'; readonly max?: Duration }
  | { readonly type: 'pointer' }
  | { readonly type: 'choice'; readonly options: readonly (string | number)[] }
) & {
  /** A value that suits the parameter. */
  readonly example: string;
  /** @default false */
  readonly required?: boolean;
};

export interface FaultParameters {
  readonly [name: string]: FaultParameter;
}

type ParametersByKind = { readonly [Kind in RequestFaultKind | CallbackFaultKind]?: FaultParameters } & {
  readonly [kind: string]: FaultParameters | undefined;
};

/** A day at most: a timer delays the response, and no timer can wait for longer than 24 days. */
const latency = (example: string) => ({ type: 'duration', example, required: true, max: '1d' }) as const;
const retryAfterSeconds = { type: 'count', max: 86_400, example: '30' } as const;
const at = { type: 'pointer', example: '/result/merchantData/basicDetails/status' } as const;

/** The parameters of each kind of fault that has parameters. */
export const faultParameters: ParametersByKind = {
  ...Object.fromEntries(Object.keys(driftKinds).map((kind) => [kind, { at }])),
  status: { status: { type: 'error-status', example: '503', required: true }, retryAfterSeconds },
  'throttled-429': { retryAfterSeconds },
  'proxy-page': { status: { type: 'choice', options: [502, 504], example: '502' } },
  'inner-status': {
    status: { type: 'error-status', example: '400' },
    inner: { type: 'error-status', example: '422' },
  },
  latency: { delay: latency('2s') },
  'latency-uniform': { from: latency('100ms'), to: latency('2s') },
  'latency-long-tail': { median: latency('100ms'), longest: latency('20s') },
  'slow-drip': { bytesPerSecond: { type: 'count', example: '20' } },
  delay: { by: { type: 'duration', example: '1m', required: true } },
  duplicate: { copies: { type: 'count', max: 100, example: '1' } },
  'contradict-later': { after: { type: 'duration', example: '1h' } },
  'wrong-body': {
    body: { type: 'choice', options: ['unparsable', 'nested', 'empty'], example: 'unparsable' },
  },
  oversized: { bytes: { type: 'count', max: 64 * 1024 * 1024, example: '2000000' } },
};

/** Pairs of durations. The first must not be longer than the second. */
export const orderedParameters: { readonly [kind: string]: readonly [string, string] | undefined } = {
  'latency-uniform': ['from', 'to'],
  'latency-long-tail': ['median', 'longest'],
};
