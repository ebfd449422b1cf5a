import { type CallbackEvent, eventOfStatus } from '../callback/callback-event.ts';
import type { PulledDocument } from '../callback/pulled-document.ts';
import type { MerchantCallback } from '../callback/validate-callback.ts';

/**
 * The events of a pull that agree with the event of a callback, besides the same event. A submitted case is pending until
 * the back office accepts it, rejects it or sends it back as a draft. So a late callback still agrees when the case has gone
 * on. A decision agrees only with the same decision, because the opposite decision can follow.
 */
const agreeing: Readonly<Record<CallbackEvent, readonly CallbackEvent[]>> = {
  new: ['dropoff', 'draft', 'pending', 'reject', 'accept'],
  dropoff: ['draft', 'pending', 'reject', 'accept'],
  draft: ['pending', 'reject', 'accept'],
  pending: ['draft', 'reject', 'accept'],
  reject: [],
  accept: [],
};

/** Properties that both documents have, and that never change. A pull has them in `basicDetails`. */
const identity = ['id', 'signzyAppId', 'applicationId', 'realmId'] as const;

/**
 * Compares a callback with the pulled document of its merchant.
 *
 * @returns Why they disagree, without any data of the merchant; `undefined` if they agree.
 */
export function compareWithPull(
  event: CallbackEvent,
  { merchantData }: MerchantCallback,
  document: PulledDocument,
): string | undefined {
  const details = detailsOf(document);
  const pulled = pulledEvent(document);
  if (pulled === undefined) return 'the pull has no known status';
  if (pulled !== event && !agreeing[event].includes(pulled)) return `the pull says ${pulled}`;
  const different = identity.find((name) => isDifferent(merchantData[name], details[name]));
  return different && `the pull has another ${different}`;
}

/** The event that the status of a pulled document names. */
export function pulledEvent(document: PulledDocument): CallbackEvent | undefined {
  const { status } = detailsOf(document);
  return typeof status === 'string' ? eventOfStatus(status) : undefined;
}

/** The client does not check responses, so the document may lack anything. */
function detailsOf(document: PulledDocument): Readonly<Record<string, unknown>> {
  return document?.result?.merchantData?.basicDetails ?? {};
}

/** Whether both values are texts and differ. An empty text counts as a missing value. */
function isDifferent(one: unknown, other: unknown): boolean {
  return [one, other].every((value) => typeof value === 'string' && value !== '') && one !== other;
}
