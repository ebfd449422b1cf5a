import type { Direction } from './direction.ts';
import type { ChangeKind } from './impact.ts';

/** Where a change takes effect. */
export interface Location {
  readonly direction: Direction;
  /** Name of the operation or event; empty for the document itself. */
  readonly target: string;
}

/** A single difference between two contracts. */
export interface Change extends Location {
  readonly kind: ChangeKind;
  /** JSON pointer into the revision, or into the base for something removed. */
  readonly pointer: string;
  /** The values before and after, in words. */
  readonly detail: string;
}
