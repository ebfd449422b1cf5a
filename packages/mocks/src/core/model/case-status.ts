/** Where a case stands. */
export type Status = 'new' | 'pending' | 'accept' | 'reject' | 'draft';

/** What a callback tells of. */
export type Event = 'accept' | 'reject' | 'pending';

/** What the back office may decide; `draft` asks the merchant for more. */
export type BackOfficeDecision = 'accept' | 'reject' | 'draft';

export const backOfficeDecisions: readonly BackOfficeDecision[] = ['accept', 'reject', 'draft'];

/** What moves a case: a push of the partner's, or a decision. */
export type Move = 'push' | BackOfficeDecision;

/** The life of a case: by where it stands, what moves it, and where to. What is not here is refused. */
export const moves: { readonly [S in Status]: { readonly [M in Move]?: Status } } = {
  new: { push: 'pending' },
  pending: { push: 'pending', accept: 'accept', reject: 'reject', draft: 'draft' },
  accept: { reject: 'reject' },
  reject: { accept: 'accept' },
  draft: { push: 'pending' },
};

/** One step in the life of a case. */
export interface Transition {
  readonly from: Status;
  readonly move: Move;
  readonly to: Status;
}

/** Every transition there is. */
export const transitions: readonly Transition[] = Object.entries(moves).flatMap(([from, possible]) =>
  Object.entries(possible).map(([move, to]) => ({ from: from as Status, move: move as Move, to })),
);

/** The decision that turns a decided case around, if it is decided. */
export function reversalOf(status: Status): BackOfficeDecision | undefined {
  if (status === 'accept') return 'reject';
  return status === 'reject' ? 'accept' : undefined;
}
