import { type CallbackEvent, eventOfStatus } from '../callback/callback-event.ts';
import type { PulledDocument } from '../callback/pulled-document.ts';
import type { MerchantCallback } from '../callback/validate-callback.ts';

/**
 * The events that a status agrees with, by the life of a case: a submitted case is pending until the back office accepts
 * it, rejects it or sends it back as a draft. A callback that arrives late, when the case has gone on, is therefore true.
 * A decision is no such step, because its opposite can follow: only the same decision agrees.
 */
const agreeing: Readonly<Record<CallbackEvent, readonly CallbackEvent[]>> = {
  new: ['dropoff', 'draft', 'pending', 'reject', 'accept'],
  dropoff: ['draft', 'pending', 'reject', 'accept'],
  draft: ['pending', 'reject', 'accept'],
  pending: ['draft', 'reject', 'accept'],
  reject: [],
  accept: [],
};

/** What both documents have, and what never changes. The callback has them flat, and the pull in `basicDetails`. */
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

/** An empty text means none. */
function isDifferent(one: unknown, other: unknown): boolean {
  return [one, other].every((value) => typeof value === 'string' && value !== '') && one !== other;
}
