import type { CallbackFaultKind, RequestFaultKind } from '../model/fault.ts';
import { driftKinds } from '../model/fault.ts';

/** What a parameter of a fault can be. */
export type FaultParameter = (
  | { readonly type: 'count'; readonly max?: number }
  | { readonly type: 'error-status' }
  | { readonly type: 'duration' }
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

const duration = (example: string) => ({ type: 'duration', example, required: true }) as const;
const retryAfterSeconds = { type: 'count', example: '30' } as const;
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
  latency: { delay: duration('2s') },
  'latency-uniform': { from: duration('100ms'), to: duration('2s') },
  'latency-long-tail': { median: duration('100ms'), longest: duration('20s') },
  'slow-drip': { bytesPerSecond: { type: 'count', example: '20' } },
  delay: { by: duration('1m') },
  duplicate: { copies: { type: 'count', max: 100, example: '1' } },
  'contradict-later': { after: { type: 'duration', example: '1h' } },
  'wrong-body': {
    body: { type: 'choice', options: ['unparsable', 'nested', 'empty'], example: 'unparsable' },
  },
  oversized: { bytes: { type: 'count', max: 64 * 1024 * 1024, example: '2000000' } },
};
