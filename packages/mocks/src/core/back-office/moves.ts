import type { Status } from '../state.ts';

/** What the back office may decide; `draft` asks the merchant for more. */
export type BackOfficeDecision = 'accept' | 'reject' | 'draft';

export const backOfficeDecisions: readonly BackOfficeDecision[] = ['accept', 'reject', 'draft'];

/** What may be decided of a case, by where it stands. Only a push moves a new case or a draft. */
export const moves: { readonly [S in Status]: readonly BackOfficeDecision[] } = {
  new: [],
  pending: ['accept', 'reject', 'draft'],
  accept: ['reject'],
  reject: ['accept'],
  draft: [],
};
