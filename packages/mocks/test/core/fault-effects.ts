import { responses } from '@partner-ecosystem/openapi/validators';
import { expect } from 'vitest';
import type { RequestBreakage, RequestFaultKind } from '../../src/core/model/fault.ts';

/** The effect on the caller, and the state of the sandbox afterwards. */
export interface Seen {
  readonly status?: number;
  readonly headers: Headers;
  readonly text: string;
  readonly error?: unknown;
  readonly milliseconds: number;
  /** Whether the operation was performed. */
  readonly performed: boolean;
}

/** What a fault does to the caller of an operation. */
export interface Effect {
  readonly breakage: RequestBreakage;
  /** @default 'pushMerchant' */
  readonly operation?: FaultyOperation;
  readonly sees: (seen: Seen) => void;
}

const json = (seen: Seen) => JSON.parse(seen.text);
const fails = ({ error }: Seen) => expect(error).toBeInstanceOf(Error);
const isUnparsable = (seen: Seen) => {
  expect(seen.status).toBe(200);
  expect(() => json(seen)).toThrow(SyntaxError);
};
/** Returns the basic details of a pulled document. */
const isPulled = (seen: Seen) => {
  expect(seen.status).toBe(200);
  return json(seen).result.merchantData.basicDetails;
};
const details = '/result/merchantData/basicDetails';

export type FaultyOperation = 'pushMerchant' | 'pullMerchant';

/** The effect of each kind on the caller. The effect is the same over every transport that supports the kind. */
export const faultEffects: { readonly [Kind in RequestFaultKind]: Effect } = {
  status: {
    breakage: { kind: 'status', status: 500, retryAfterSeconds: 3 },
    sees: (seen) => {
      expect(seen.status).toBe(500);
      expect(seen.headers.get('retry-after')).toBe('3');
      expect(responses.pushMerchant.validate500(json(seen)).ok).toBe(true);
    },
  },
  'throttled-403': {
    breakage: { kind: 'throttled-403' },
    sees: (seen) => {
      expect(seen.status).toBe(403);
      expect(json(seen).error.statusCode).toBe(403);
    },
  },
  'throttled-429': {
    breakage: { kind: 'throttled-429', retryAfterSeconds: 7 },
    sees: (seen) => {
      expect(seen.status).toBe(429);
      expect(seen.headers.get('retry-after')).toBe('7');
    },
  },
  'proxy-page': {
    breakage: { kind: 'proxy-page', status: 504 },
    sees: (seen) => {
      expect(seen.status).toBe(504);
      expect(seen.headers.get('content-type')).toBe('text/html');
      expect(seen.text).toContain('<h1>504');
    },
  },
  'inner-status': {
    breakage: { kind: 'inner-status' },
    sees: (seen) => {
      expect(seen.status).toBe(400);
      expect(json(seen).error.statusCode).toBe(422);
    },
  },
  'token-expired': {
    breakage: { kind: 'token-expired' },
    sees: (seen) => expect(json(seen).error.code).toBe('INVALID_TOKEN'),
  },
  'token-revoked': {
    breakage: { kind: 'token-revoked' },
    sees: (seen) => expect(json(seen).error.code).toBe('AUTHORIZATION_REQUIRED'),
  },
  'never-answers': {
    breakage: { kind: 'never-answers' },
    sees: ({ error }) => expect(error).toMatchObject({ name: 'TimeoutError' }),
  },
  reset: {
    breakage: { kind: 'reset' },
    sees: ({ error }) => expect(error).toMatchObject({ cause: { code: 'ECONNRESET' } }),
  },
  'lost-request': { breakage: { kind: 'lost-request' }, sees: fails },
  'lost-response': { breakage: { kind: 'lost-response' }, sees: fails },
  'stale-read': {
    breakage: { kind: 'stale-read' },
    operation: 'pullMerchant',
    sees: (seen) => expect(isPulled(seen).status).toBe('new'),
  },
  latency: {
    breakage: { kind: 'latency', delay: 120 },
    sees: ({ status, milliseconds }) => {
      expect(status).toBe(200);
      expect(milliseconds).toBeGreaterThanOrEqual(118);
    },
  },
  'latency-uniform': {
    breakage: { kind: 'latency-uniform', from: 120, to: 150 },
    sees: ({ milliseconds }) => expect(milliseconds).toBeGreaterThanOrEqual(118),
  },
  'latency-long-tail': {
    breakage: { kind: 'latency-long-tail', median: 300, longest: '1s' },
    sees: ({ milliseconds }) => expect(milliseconds).toBeGreaterThanOrEqual(148),
  },
  'slow-drip': {
    breakage: { kind: 'slow-drip', bytesPerSecond: 40 },
    sees: (seen) => {
      expect(json(seen)).toEqual({ result: {} });
      expect(seen.milliseconds).toBeGreaterThanOrEqual(250);
    },
  },
  'cut-body': { breakage: { kind: 'cut-body' }, sees: fails },
  'truncated-json': { breakage: { kind: 'truncated-json' }, sees: isUnparsable },
  'malformed-json': { breakage: { kind: 'malformed-json' }, sees: isUnparsable },
  'wrong-content-type': {
    breakage: { kind: 'wrong-content-type' },
    sees: (seen) => {
      expect(seen.headers.get('content-type')).toBe('text/html');
      expect(json(seen)).toEqual({ result: {} });
    },
  },
  'empty-body': {
    breakage: { kind: 'empty-body' },
    sees: ({ status, text }) => expect({ status, text }).toEqual({ status: 200, text: '' }),
  },
  'no-content-with-body': {
    breakage: { kind: 'no-content-with-body' },
    sees: ({ status, text }) => expect({ status, text }).toEqual({ status: 204, text: '' }),
  },
  'drift-unknown-word': {
    breakage: { kind: 'drift-unknown-word', at: `${details}/status` },
    operation: 'pullMerchant',
    sees: (seen) => expect(isPulled(seen).status).toBe('not-heard-of-before'),
  },
  'drift-extra-member': {
    breakage: { kind: 'drift-extra-member', at: details },
    operation: 'pullMerchant',
    sees: (seen) => expect(isPulled(seen).notAnnounced).toEqual({ by: 'anyone' }),
  },
  'drift-missing-optional': {
    breakage: { kind: 'drift-missing-optional', at: `${details}/email` },
    operation: 'pullMerchant',
    sees: (seen) => expect(isPulled(seen)).not.toHaveProperty('email'),
  },
  'drift-number-as-string': {
    breakage: { kind: 'drift-number-as-string', at: `${details}/onboardingStartDate` },
    operation: 'pullMerchant',
    sees: (seen) => expect(isPulled(seen).onboardingStartDate).toMatch(/^\d{13}$/),
  },
  'drift-null': {
    breakage: { kind: 'drift-null', at: `${details}/mobile` },
    operation: 'pullMerchant',
    sees: (seen) => expect(isPulled(seen).mobile).toBeNull(),
  },
};
