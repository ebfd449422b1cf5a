import type { components } from '@partner-ecosystem/openapi/schema';
import type { Violation } from '@partner-ecosystem/openapi/validators';
import { type CallbackEvent, eventOfStatus, validatorsOf } from './callback-event.ts';
import { merchantIdOf } from './merchant-id.ts';

/** The body of a callback, as the contract describes it. */
export type MerchantCallback = components['schemas']['MerchantCallback'];

/**
 * What validation said of a callback: it holds to the contract; it differs from it, but can be acted upon; its id or
 * status cannot be relied on; or it is not JSON. It never decides whether a callback is kept.
 */
export type Verdict = (typeof verdicts)[number];

export const verdicts = ['valid', 'drift', 'invalid', 'unparsable'] as const;

/** A verdict, with what it rests on. */
export interface ValidationResult {
  readonly event: CallbackEvent | 'unknown';
  readonly verdict: Verdict;
  readonly violations: readonly Violation[];
  /** Whom it is about, also where it cannot be acted upon: it is that merchant's all the same. */
  readonly merchantId?: string;
  /** The payload, where it can be acted upon. */
  readonly payload?: MerchantCallback;
}

/** Judges a callback's bytes. Without an event from the URL, the payload's status names it. */
export function validateCallback(body: Uint8Array, eventInUrl: CallbackEvent | undefined): ValidationResult {
  const value = parse(body);
  if (value === undefined) return { event: eventInUrl ?? 'unknown', verdict: 'unparsable', violations: [] };
  const merchantId = merchantIdOf(value);
  return { ...judgeValue(value, eventInUrl), ...(merchantId !== undefined && { merchantId }) };
}

function judgeValue(value: unknown, eventInUrl: CallbackEvent | undefined): ValidationResult {
  const essential = validatorsOf(eventInUrl ?? 'pending').validateEssential(value);
  if (!essential.ok)
    return { event: eventInUrl ?? 'unknown', verdict: 'invalid', violations: essential.violations };

  const payload = essential.value;
  const told = eventOfStatus(payload.merchantData.status);
  const event = eventInUrl ?? told;
  if (event === undefined) return { event: 'unknown', verdict: 'invalid', violations: [unknownStatus] };

  const known = validatorsOf(event).validateKnown(value);
  const violations = [
    ...(known.ok ? [] : known.violations),
    ...(told && told !== event ? [contradiction(event)] : []),
  ];
  return { event, verdict: violations.length > 0 ? 'drift' : 'valid', violations, payload };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON value of a body; nothing where it is not JSON, or not UTF-8. */
function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}

const unknownStatus: Violation = {
  pointer: '/merchantData/status',
  keyword: 'event',
  expected: 'must name an event, because the URL names none',
};

function contradiction(event: CallbackEvent): Violation {
  return {
    pointer: '/merchantData/status',
    keyword: 'event',
    expected: `must agree with the event ${event} of the URL`,
  };
}
