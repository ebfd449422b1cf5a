import type { WholeCallback } from '../../callback/kept-callback.ts';
import type { Visitor } from '../access/visitor.ts';
import type { Neighbours } from './neighbours.ts';

/** A callback as a visitor sees it. */
export interface ShownCallback {
  readonly callback: WholeCallback;
  readonly visitor: Visitor;
  /** The query of the list that the callback was opened from. */
  readonly query: string;
  readonly neighbours: Neighbours;
  /** The exact body, if it was revealed for this response. */
  readonly revealed?: string | undefined;
  /** Why the body was not revealed. */
  readonly problem?: string | undefined;
}
