/**
 * What a partner may expect, written anew from the documentation and from no line of the sandbox. Cases and partners
 * are known by their place in these lists.
 */
export interface Model {
  now: number;
  readonly partners: ModelPartner[];
  readonly cases: ModelCase[];
}

export interface ModelPartner {
  /** Undefined: not logged in so far. */
  tokenUntil: number | undefined;
  /** An expired token is reported once, and is unknown afterwards. */
  tokenForgotten: boolean;
  linked: boolean;
  hasFlow: boolean;
  /** The events that a URL is registered for. */
  readonly listensTo: Set<string>;
}

export interface ModelCase {
  readonly owner: number;
  status: 'new' | 'pending' | 'accept' | 'reject' | 'draft';
  /** The events that were posted, in order. */
  readonly posted: string[];
}

export const tokenLifetime: number = 14 * 24 * 3600 * 1000;

/** What becomes of a token as it is used: whether it is good, or what is said of it. */
export function useToken(
  model: Model,
  partner: ModelPartner,
): 'good' | 'INVALID_TOKEN' | 'AUTHORIZATION_REQUIRED' {
  if (partner.tokenUntil === undefined || partner.tokenForgotten) return 'AUTHORIZATION_REQUIRED';
  if (model.now < partner.tokenUntil) return 'good';
  partner.tokenForgotten = true;
  return 'INVALID_TOKEN';
}

/** Where a decision takes a case, if the back office can decide so. */
export function decided(status: ModelCase['status'], decision: string): ModelCase['status'] | undefined {
  if (status === 'pending' && (decision === 'accept' || decision === 'reject' || decision === 'draft'))
    return decision;
  if (status === 'accept' && (decision === 'reject' || decision === 'reverse')) return 'reject';
  if (status === 'reject' && (decision === 'accept' || decision === 'reverse')) return 'accept';
  return undefined;
}

/** Notes that a case got somewhere, and that this is posted where somebody listens. */
export function reach(model: Model, at: number, status: ModelCase['status']): void {
  const reached = model.cases[at];
  if (!reached) return;
  reached.status = status;
  const listensTo = model.partners[reached.owner]?.listensTo;
  if (listensTo?.has(status)) reached.posted.push(status);
}
