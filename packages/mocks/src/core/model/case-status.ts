import { statusWords } from '@partner-ecosystem/openapi/operations';

/** The status of a merchant's case. */
export type Status = 'new' | 'pending' | 'accept' | 'reject' | 'draft';

export const events = ['accept', 'reject', 'pending'] as const;

/** The kind of a callback. */
export type Event = (typeof events)[number];

/** What the provider calls a status. */
export function wordOf(status: Status): string {
  return statusWords[status][0] ?? status;
}

export const backOfficeDecisions = ['accept', 'reject', 'draft'] as const;

/** What the back office can decide; `draft` asks the merchant for more. */
export type BackOfficeDecision = (typeof backOfficeDecisions)[number];

/** What moves a case: a push by the partner, or a decision. */
export type Move = 'push' | BackOfficeDecision;

/** The life of a case: the next status for each status and move. The sandbox rejects every other move. */
export const moves: { readonly [S in Status]: { readonly [M in Move]?: Status } } = {
  new: { push: 'pending' },
  pending: { push: 'pending', accept: 'accept', reject: 'reject', draft: 'draft' },
  accept: { reject: 'reject' },
  reject: { accept: 'accept' },
  draft: { push: 'pending' },
};

/** One move in the life of a case. */
export interface Transition {
  readonly from: Status;
  readonly move: Move;
  readonly to: Status;
}

/** Every transition that `moves` allows. */
export const transitions: readonly Transition[] = Object.entries(moves).flatMap(([from, possible]) =>
  // `Object.entries` widens the keys to `string`.
  Object.entries(possible).map(([move, to]) => ({ from: from as Status, move: move as Move, to })),
);

export function possibleDecisions(status: Status): BackOfficeDecision[] {
  return backOfficeDecisions.filter((decision) => moves[status][decision] !== undefined);
}

/** Returns the decision that reverses the one already taken, if the case is decided. */
export function reversalOf(status: Status): BackOfficeDecision | undefined {
  if (status === 'accept') return 'reject';
  return status === 'reject' ? 'accept' : undefined;
}
