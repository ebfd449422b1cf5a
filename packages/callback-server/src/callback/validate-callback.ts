import type { components } from '@partner-ecosystem/openapi/schema';
import { type Violation, webhooks } from '@partner-ecosystem/openapi/validators';
import { type CallbackEvent, eventOfStatus } from './callback-event.ts';
import { parseBody } from './parse-body.ts';
import { hasRepeatedProperty } from './repeated-property.ts';
import type { Verdict } from './verdict.ts';

/** The body of a callback, as the contract describes it. */
export type MerchantCallback = components['schemas']['MerchantCallback'];

interface ValidationResult {
  readonly event: CallbackEvent | 'unknown';
  readonly verdict: Verdict;
  readonly violations: readonly Violation[];
  /** The merchant's id, if it can be read. Set for invalid callbacks too, so that erasing the merchant erases them. */
  readonly merchantId?: string;
  /** The partner's own reference of the case, if it can be read. */
  readonly signzyAppId?: string;
  /** The payload's status, if it is a text. */
  readonly status?: string;
  /** The payload, if the verdict is `valid` or `drift`. */
  readonly payload?: MerchantCallback;
}

/** Validates a callback's bytes. Without an event in the URL, the payload's status names the event. */
export function validateCallback(body: Uint8Array, eventInUrl: CallbackEvent | undefined): ValidationResult {
  const value = parseBody(body);
  if (value === undefined) return { event: eventInUrl ?? 'unknown', verdict: 'unparsable', violations: [] };
  const validated = validateValue(value, eventInUrl);
  if (hasRepeatedProperty(body, value)) {
    const { payload: _, ...result } = validated;
    const repeated = { pointer: '', keyword: 'repeated', expected: 'must not have a property twice' };
    return withIds({ ...result, verdict: 'invalid', violations: [...result.violations, repeated] }, value);
  }
  return withIds(validated, value);
}

function withIds(validated: ValidationResult, value: unknown): ValidationResult {
  const data = property(value, 'merchantData');
  const [merchantId, signzyAppId] = [merchantIdOf(data), referenceIn(data)];
  return {
    ...validated,
    ...(merchantId !== undefined && { merchantId }),
    ...(signzyAppId !== undefined && { signzyAppId }),
  };
}

function validateValue(value: unknown, eventInUrl: CallbackEvent | undefined): ValidationResult {
  const essential = validatorsOf(eventInUrl ?? 'pending').validateEssential(value);
  if (!essential.ok)
    return { event: eventInUrl ?? 'unknown', verdict: 'invalid', violations: essential.violations };

  const payload = essential.value;
  const { status } = payload.merchantData;
  const eventInStatus = eventOfStatus(status);
  const event = eventInUrl ?? eventInStatus;
  if (event === undefined) {
    const violations = [statusViolation('must name an event, because the URL names none')];
    return { event: 'unknown', verdict: 'invalid', violations, status };
  }
  const known = validatorsOf(event).validateKnown(value);
  const violations = known.ok ? [] : known.violations;
  // One of the two is false, and nobody knows which. Handlers must not act on the callback.
  if (eventInStatus && eventInStatus !== event) {
    const contradiction = statusViolation(`must agree with the event ${event} of the URL`);
    return { event, verdict: 'invalid', violations: [...violations, contradiction], status };
  }
  // The contract permits that an optional property is missing.
  const isValid = violations.every(({ keyword }) => keyword === 'missing');
  return { event, verdict: isValid ? 'valid' : 'drift', violations, status, payload };
}

function statusViolation(expected: string): Violation {
  return { pointer: '/merchantData/status', keyword: 'event', expected };
}

/** Reads the merchant's id from the data of any payload that has a readable id, even of an invalid payload. */
function merchantIdOf(merchantData: unknown): string | undefined {
  const id = property(merchantData, 'id');
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** The GO platform generates numbers, and the partner chooses texts. */
function referenceIn(merchantData: unknown): string | undefined {
  const reference = property(merchantData, 'signzyAppId');
  if (typeof reference === 'number') return String(reference);
  return typeof reference === 'string' && reference !== '' ? reference : undefined;
}

function property(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

/** The contract's validators for an event. Events of the GO platform have the payload of `pending`. */
function validatorsOf(event: CallbackEvent): (typeof webhooks)[keyof typeof webhooks] {
  return event in webhooks ? webhooks[event as keyof typeof webhooks] : webhooks.pending;
}
