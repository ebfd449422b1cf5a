/** What a partner may expect, written from the provider's documentation without any code of the sandbox. */
export interface Model {
  now: number;
  readonly partners: ModelPartner[];
  readonly cases: ModelCase[];
}

export interface ModelPartner {
  /** `undefined` until the first login. */
  tokenUntil?: number;
  /** The sandbox reports an expired token once and does not know the token afterwards. */
  tokenForgotten?: boolean;
  linked?: boolean;
  hasFlow?: boolean;
  /** The events with a registered URL. */
  readonly listensTo: Set<string>;
}

type ModelStatus = 'new' | 'pending' | 'accept' | 'reject' | 'draft';

export interface ModelCase {
  /** Index of the partner. */
  readonly owner: number;
  status: ModelStatus;
  /** The events of the callbacks, in order. */
  readonly posted: string[];
}

export const denied = 'AUTHORIZATION_REQUIRED';
export const tokenLifetimeMs: number = 14 * 24 * 3600 * 1000;

/** Uses a partner's token once. Returns `good` or the error code of the refusal. */
export function useToken({ now }: Model, partner: ModelPartner): 'good' | 'INVALID_TOKEN' | typeof denied {
  if (partner.tokenUntil === undefined || partner.tokenForgotten) return denied;
  if (now < partner.tokenUntil) return 'good';
  partner.tokenForgotten = true;
  return 'INVALID_TOKEN';
}

/** Returns the status after a decision, or `undefined` if the back office cannot make the decision. */
export function statusAfter(status: ModelStatus, decision: string): ModelStatus | undefined {
  if (status === 'pending' && (decision === 'accept' || decision === 'reject' || decision === 'draft'))
    return decision;
  if (status === 'accept' && (decision === 'reject' || decision === 'reverse')) return 'reject';
  if (status === 'reject' && (decision === 'accept' || decision === 'reverse')) return 'accept';
  return undefined;
}

/** Moves a case to a status. The owner gets a callback if a URL is registered for the event. */
export function moveCase({ partners }: Model, moved: ModelCase, status: ModelStatus): void {
  moved.status = status;
  if (partners[moved.owner]?.listensTo.has(status)) moved.posted.push(status);
}
